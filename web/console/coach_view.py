"""What is shown where an expert joins a listing's page: its photos, its title, and what was said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from config.messages import Messages
from config.wall_clock import time_of_day
from models.coaching import Remark, Seen, Shown, Side, Stage
from models.edit import EditedField
from models.photo import Finished
from models.rendition import StoredRendition
from processing.advise import Finding
from processing.listing import in_order
from storage.catalog.connection import Catalog
from storage.catalog.edits import overrides_of
from storage.catalog.reading import ListingRow
from web.console.listing_view import value_of
from web.console.photo_view import Shot
from web.photo_advice import advise_on
from web.templating import AFTER, BEFORE

RENDITION = {Stage.BEFORE: BEFORE, Stage.AFTER: AFTER}
Address = Callable[[Finished, Stage], str | None]
"""Gives where a picture is served to who looks on; ``None`` where it is not."""
Told = dict[str, object]
"""As a script is told."""


@dataclass(frozen=True, slots=True)
class CoachPhoto:
    """One photo: nothing of how its seller named it."""

    sha256: str
    number: int
    """Its place in the listing; 1 is the cover."""
    score: int
    first: Finding | None
    """The one thing to do, ``None`` where there is nothing; what it names, a file perhaps, is not shown."""
    pictures: Mapping[Stage, Shot]


@dataclass(frozen=True, slots=True)
class CoachView:
    """All that is shown of the listing itself."""

    title: str
    """Empty where it has none."""
    photos: tuple[CoachPhoto, ...]

    def number_of(self, sha256: str) -> int | None:
        """Return a photo's place in the listing; ``None`` once it is not there any more."""
        return next((photo.number for photo in self.photos if photo.sha256 == sha256), None)


def view_for_coach(catalog: Catalog, row: ListingRow, address: Address) -> CoachView:
    """Return what there is to show of a listing. Raises CatalogError."""
    said = overrides_of(catalog, row.key)
    ours = value_of(row.result.suggestion, EditedField.TITLE) if row.result else ""
    hers = (edit.value for edit in said.edits if edit.field is EditedField.TITLE and edit.value is not None)
    finished = in_order(row.result.finished, said.order) if row.result else ()
    photos = (_photo(photo, number, address) for number, photo in enumerate(finished, start=1))
    return CoachView(next(hers, ours), tuple(photo for photo in photos if photo.pictures))


def rendition_of(row: ListingRow, shown: Shown) -> StoredRendition | None:
    """Return the file of a picture, ``None`` where the listing has no such photo."""
    for photo in row.result.finished if row.result else ():
        if photo.sha256 == shown.photo:
            return _rendition(photo, shown.stage)
    return None


def mark_of(seen: Seen, after: int) -> str:
    """Return what stands for all that has been seen, up to here; ``after`` is the last remark's number before."""
    return f"{seen.remarks[-1].id if seen.remarks else after}-{seen.turn}"


def tell_seen(seen: Seen, after: int, side: Side, messages: Messages) -> Told:
    """Return what has been seen as a script is told it on one side."""
    shown = seen.shown.model_dump() if seen.shown else {"photo": "", "stage": ""}
    remarks = [tell_remark(remark, side, messages) for remark in seen.remarks]
    return {"mark": mark_of(seen, after), "remarks": remarks, "shown": {**shown, "turn": seen.turn}}


def tell_remark(remark: Remark, side: Side, messages: Messages) -> Told:
    """Return one remark as it is told on one side.

    A guest is not told the names of accounts: with them one signs in.
    """
    spot = remark.spot
    return {
        "id": remark.id,
        "side": remark.side,
        "name": "" if side is Side.GUEST and remark.side is Side.HOST else remark.name,
        "role": messages.text(f"console.coach.side.{remark.side}"),
        "word": remark.word,
        "at": time_of_day(remark.at),
        "spot": {**spot.shown.model_dump(), "across": spot.across, "down": spot.down} if spot else None,
    }


def with_words(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the remarks that are read, the newest first."""
    return tuple(remark for remark in remarks if remark.word)[::-1]


def _photo(photo: Finished, number: int, address: Address) -> CoachPhoto:
    pictures = {}
    for stage in Stage:
        rendition, place = _rendition(photo, stage), address(photo, stage)
        if rendition is not None and place is not None:
            pictures[stage] = Shot(place, rendition.width, rendition.height)
    first = advise_on(photo).first
    return CoachPhoto(photo.sha256, number, photo.assessment.score, first.finding if first else None, pictures)


def _rendition(photo: Finished, stage: Stage) -> StoredRendition | None:
    return next((each for each in photo.renditions if each.name == RENDITION[stage]), None)
