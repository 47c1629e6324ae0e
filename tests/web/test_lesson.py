"""The lesson's pages and its PDF say the same, escape what sellers wrote, and stand without what is gone."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from markupsafe import escape

from config.messages import Language, load_messages
from models.assessment import Assessment, Defect, DefectCode
from models.geometry import Box
from models.lesson import Lesson
from models.photo import Finished
from models.repair import Repair
from models.store import ObjectMissing, ObjectStore
from processing.lesson import prepare_lesson
from storage.object_store.opening import open_store
from tests.publishing.results import stored_photo
from tests.servers.absence import report_absent
from web.lesson import render_lesson
from web.templating import AFTER

CUT = Defect(code=DefectCode.CUT_OFF, severity=0.5, box=Box(left=0, top=0, right=0.04, bottom=1))
BLUR = Defect(code=DefectCode.BLUR, severity=0.4)


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return open_store(f"file:{tmp_path}/store")


def seen(store: ObjectStore, file: str, *defects: Defect) -> Finished:
    parts = {"sharpness": 1.0, "exposure": 1.0}
    assessment = Assessment(score=80, parts=parts, measurements=(), defects=defects)
    return stored_photo(store, file).model_copy(update={"assessment": assessment})


def lesson(store: ObjectStore, seller: str = "ibu-ani") -> Lesson:
    photos = [seen(store, "a.jpg", CUT), seen(store, "b.jpg", BLUR, CUT), seen(store, "c.jpg")]
    return prepare_lesson(seller, photos)


def written_in(pdf: bytes) -> str:
    """Return the words of a PDF in the order in which they are read, parted by single spaces."""
    if shutil.which("pdftotext") is None:
        report_absent("pdftotext", "apt-get install -y --no-install-recommends poppler-utils")
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_has_praise_two_mistakes_with_their_advice_and_a_pair(
    language: Language, store: ObjectStore, tmp_path: Path
) -> None:
    messages = load_messages(language)
    page = render_lesson(lesson(store), tmp_path / "out", read=store.get, messages=messages)
    html = page.read_text()

    assert html.count('class="mistake"') == 2
    for code in ("cut_off", "blur"):
        assert str(escape(messages.text(f"defect.{code}.advice"))) in html
    assert messages.text("lesson.mistake_count", count=2, total=3) in html
    assert html.count(messages.text("lesson.marked")) == 1
    assert messages.text("report.after") in html
    assert "{" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_every_picture_that_a_page_shows_is_there_and_those_of_an_earlier_lesson_are_gone(
    store: ObjectStore, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (out / "pictures").mkdir(parents=True)
    (out / "pictures" / "lama.jpg").write_bytes(b"")
    render_lesson(lesson(store), out, read=store.get, messages=load_messages("id"))
    shown = {href for page in out.glob("*.html") for href in re.findall(r'src="([^"]+)"', page.read_text())}

    assert shown == {f"pictures/{file.name}" for file in (out / "pictures").iterdir()}
    assert (out / "photos.html").read_text().count("<li>") == 3


def test_the_pdf_is_one_page_and_the_same_every_time(store: ObjectStore, tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        page = render_lesson(lesson(store), tmp_path / name, read=store.get, messages=load_messages("id"))
        made.append(page.with_name("lesson.pdf").read_bytes())

    assert made[0].startswith(b"%PDF")
    assert made[0].count(b"/Type /Page\n") + made[0].count(b"/Type /Page ") == 1
    assert made[0] == made[1]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pdf_says_what_the_page_says_in_the_same_order(
    language: Language, store: ObjectStore, tmp_path: Path
) -> None:
    messages = load_messages(language)
    page = render_lesson(lesson(store, "Bu Ani & co"), tmp_path, read=store.get, messages=messages)
    written = written_in(page.with_name("lesson.pdf").read_bytes())

    said = [
        messages.text("lesson.title_of", seller="Bu Ani & co"),
        messages.text("lesson.intro", photos=3, score=80),
        messages.text("lesson.praise"),
        messages.text("lesson.praise_part", part=messages.text("part.sharpness"), good=3, total=3),
        messages.text("lesson.mistakes"),
        *(messages.text(f"defect.cut_off.{part}") for part in ("title", "advice")),
        *(messages.text(f"defect.blur.{part}") for part in ("title", "advice")),
        messages.text("lesson.pair"),
        messages.text("report.after"),
    ]
    places = [written.find(words) for words in said]
    assert min(places) >= 0, dict(zip(said, places, strict=True))
    assert places == sorted(places)
    assert f"{messages.text('lesson.mistake_count', count=2, total=3)} {messages.text('lesson.marked')}" in written


@pytest.mark.parametrize("finished", [True, False])
def test_the_sheet_of_all_photos_shows_each_before_and_after_where_there_is_one(
    finished: bool, store: ObjectStore, tmp_path: Path
) -> None:
    photo = seen(store, "a.jpg", CUT)
    if not finished:
        kept = tuple(each for each in photo.renditions if each.name != AFTER)
        photo = photo.model_copy(update={"renditions": kept})
    messages = load_messages("id")
    render_lesson(prepare_lesson("ibu-ani", [photo]), tmp_path, read=store.get, messages=messages)
    html = (tmp_path / "photos.html").read_text()

    assert html.count(messages.text("report.before_alt", file="a.jpg")) == 1
    assert html.count(messages.text("report.after_alt", file="a.jpg")) == finished
    assert html.count("<img") == 1 + finished


def test_a_picture_that_is_gone_leaves_a_gap_and_names_are_escaped(store: ObjectStore, tmp_path: Path) -> None:
    def gone(key: str) -> bytes:
        raise ObjectMissing(key)

    page = render_lesson(lesson(store, "<b>Bu & 母"), tmp_path / "out", read=gone, messages=load_messages("id"))
    html = page.read_text()

    assert load_messages("id").text("report.no_picture") in html
    assert "<b>Bu" not in html
    assert "&lt;b&gt;Bu &amp; 母" in html
    written = written_in(page.with_name("lesson.pdf").read_bytes())
    assert written.count(load_messages("id").text("report.no_picture")) == 2
    assert "<b>Bu & ?" in written


def test_where_nothing_is_wrong_that_is_said(store: ObjectStore, tmp_path: Path) -> None:
    good = prepare_lesson("ibu-ani", [seen(store, "a.jpg")])
    page = render_lesson(good, tmp_path / "out", read=store.get, messages=load_messages("id"))

    assert load_messages("id").text("lesson.no_mistakes") in page.read_text()


@pytest.mark.parametrize(("after", "says"), [(0.3, "defect.underexposed.advice"), (0.0, "lesson.good")])
def test_what_we_tried_to_mend_in_vain_is_advised_on_the_sheet_of_all_photos(
    store: ObjectStore, tmp_path: Path, after: float, says: str
) -> None:
    dark = Defect(code=DefectCode.UNDEREXPOSED, severity=0.3, foreseen=0.1)
    repair = Repair(code=DefectCode.UNDEREXPOSED, before=0.3, after=after)
    photo = seen(store, "a.jpg", dark).model_copy(update={"repairs": (repair,)})
    messages = load_messages("id")
    render_lesson(prepare_lesson("ibu-ani", [photo]), tmp_path / "out", read=store.get, messages=messages)

    assert messages.text(says) in (tmp_path / "out/photos.html").read_text()
