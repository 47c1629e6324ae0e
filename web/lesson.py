"""The lesson sheet of one seller: a page that prints on one A4, the same as a PDF, and a sheet of her photos."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from config.messages import Messages
from models.geometry import Box
from models.lesson import Lesson, Mistake
from models.photo import Finished
from models.store import ObjectMissing
from processing.marked import draw_marked
from web.photo_advice import advise_on
from web.report_pictures import write_whole
from web.templating import AFTER, BEFORE, open_templates

Read = Callable[[str], bytes]
STYLE = Path(__file__).parent / "static" / "lesson.css"


class Pictures(Protocol):
    """Where a lesson's pictures are had from."""

    @property
    def marks(self) -> bool:
        """True where it draws the boxes on the picture itself; else the page lays them over it."""
        ...

    def add(self, photo: Finished, rendition: str, boxes: tuple[Box, ...] = ()) -> str | None:
        """Return how the page refers to a rendition of a photo; ``None`` where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class MistakeView:
    """A mistake in words, with its picture."""

    title: str
    count: str
    advice: str
    file: str
    picture: str | None
    """Relative to the page; ``None`` where the store has it no more."""
    marked: bool
    boxes: tuple[Box, ...]
    """To be laid over the picture."""


@dataclass(frozen=True, slots=True)
class ContactPhoto:
    """One photo of the contact sheet."""

    file: str
    before: str | None
    """Relative to the page, what is to be done marked on it; ``None`` where the store has it no more."""
    after: str | None
    """``None`` where there is none, too."""
    score: int
    advice: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """All that the page and its PDF say."""

    lesson: Lesson
    praises: tuple[str, ...]
    mistakes: tuple[MistakeView, ...]
    before: str | None
    after: str | None
    photos: tuple[ContactPhoto, ...]


def render_lesson(lesson: Lesson, destination: Path, *, read: Read, messages: Messages) -> Path:
    """Write the lesson into a folder, as ``index.html``, ``lesson.pdf`` and ``photos.html``; return the first.

    An earlier lesson in the same folder is replaced, and its pictures are removed.

    Parameters
    ----------
    read
        Returns a rendition's bytes by its key; ``ObjectMissing`` leaves a visible gap.

    Raises
    ------
    StoreError
        When the object store fails.
    """
    from web.lesson_pdf import write_pdf  # noqa: PLC0415 - half a second that no other page needs

    pictures = SmallPictures(destination / "pictures", read)
    page, style = view_lesson(lesson, pictures, messages), STYLE.read_text(encoding="utf-8")
    for name, template in (("index.html", "lesson.html.jinja"), ("photos.html", "lesson_photos.html.jinja")):
        values = {"page": page, "messages": messages, "text": messages.text, "style": style}
        write_whole(destination / name, open_templates().get_template(template).render(values).encode())
    write_whole(destination / "lesson.pdf", write_pdf((page,), destination, messages))
    pictures.remove_unused()
    return destination / "index.html"


def print_lessons(lessons: Sequence[Lesson], *, read: Read, messages: Messages) -> bytes:
    """Return a PDF with a page for each lesson; ``read`` is as with :func:`render_lesson`. Raises StoreError."""
    from web.lesson_pdf import write_pdf  # noqa: PLC0415 - half a second that no other page needs

    with TemporaryDirectory() as place:
        pictures = SmallPictures(Path(place) / "pictures", read)
        pages = [view_lesson(lesson, pictures, messages, contact=False) for lesson in lessons]
        return write_pdf(pages, Path(place), messages)


class SmallPictures:
    """A folder of small pictures with marks on them, each named by what is in it."""

    marks = True

    def __init__(self, folder: Path, read: Read) -> None:
        self._folder = folder
        self._read = read
        self._used: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, photo: Finished, rendition: str, boxes: tuple[Box, ...] = ()) -> str | None:
        """Put a rendition here, small and marked; return how the page refers to it, ``None`` where it is gone."""
        place = next((each.key for each in photo.renditions if each.name == rendition), None)
        if place is None:
            return None
        try:
            data = draw_marked(self._read(place), boxes)
        except ObjectMissing:
            return None
        name = f"{hashlib.sha256(data).hexdigest()[:24]}.jpg"
        write_whole(self._folder / name, data)
        self._used.add(name)
        return f"{self._folder.name}/{name}"

    def remove_unused(self) -> None:
        """Remove the pictures of earlier lessons; nothing else is in this folder."""
        for file in self._folder.glob("*.jpg"):
            if file.name not in self._used:
                file.unlink()


def view_lesson(lesson: Lesson, pictures: Pictures, messages: Messages, *, contact: bool = True) -> LessonPage:
    """Return what the page says; with ``contact`` also what the sheet of all photos does. Raises StoreError."""
    text = messages.text
    praises = [
        text("lesson.praise_part", part=text(f"part.{each.part}"), good=each.good, total=each.of)
        for each in lesson.praises
    ]
    return LessonPage(
        lesson=lesson,
        praises=tuple(praises) or (text("lesson.praise_start", photos=len(lesson.photos)),),
        mistakes=tuple(_mistake(each, len(lesson.photos), pictures, messages) for each in lesson.mistakes),
        before=pictures.add(lesson.pair, BEFORE) if lesson.pair else None,
        after=pictures.add(lesson.pair, AFTER) if lesson.pair else None,
        photos=tuple(_photo(photo, pictures, messages) for photo in lesson.photos) if contact else (),
    )


def _mistake(mistake: Mistake, total: int, pictures: Pictures, messages: Messages) -> MistakeView:
    return MistakeView(
        title=messages.text(f"{mistake.section}.title"),
        count=messages.text("lesson.mistake_count", count=mistake.count, total=total),
        advice=messages.text(f"{mistake.section}.advice"),
        file=mistake.example.file,
        picture=pictures.add(mistake.example, BEFORE, mistake.boxes),
        marked=bool(mistake.boxes),
        boxes=() if pictures.marks else mistake.boxes,
    )


def _photo(photo: Finished, pictures: Pictures, messages: Messages) -> ContactPhoto:
    first = advise_on(photo).first
    before = pictures.add(photo, BEFORE, first.finding.places if first else ())
    after = pictures.add(photo, AFTER)
    advice = f"{first.finding.section}.advice" if first else "lesson.good"
    return ContactPhoto(photo.file, before, after, photo.assessment.score, messages.text(advice))
