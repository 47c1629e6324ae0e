"""What the photo's page shows: the way from before to after, what is wrong, and the one thing to do."""

from dataclasses import dataclass

from config.score import load_score_weights
from models.assessment import Defect, Verdict
from models.listing import ListingKey, ListingResult
from models.photo import Finished
from models.rendition import StoredRendition
from processing.advise import advice_section, order_advice
from web.console.listing_view import picture_of
from web.templating import AFTER, BEFORE


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture on the page."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PhotoView:
    """All that the page shows of one photo."""

    photo: Finished
    number: int
    """Its place in the listing; 1 is the cover."""
    before: Shot | None
    after: Shot | None
    section: str | None
    """Of ``config/messages``, with what the seller is to see to first; ``None`` where there is nothing."""
    defects: tuple[Defect, ...]
    """Each kind once, in the order in which they matter to her."""
    marked: tuple[Defect, ...]
    """Those with a place, the first marked with 1."""
    verdicts: tuple[Verdict, ...]
    """Of the marketplaces on what they are given; of another photo than the cover, without what is about that."""


def view_photo(key: ListingKey, result: ListingResult, sha256: str) -> PhotoView | None:
    """Return what there is to show of a photo, ``None`` where the listing has no such photo."""
    for number, photo in enumerate(result.finished, start=1):
        if photo.sha256 == sha256:
            return _view(key, photo, number)
    return None


def _view(key: ListingKey, photo: Finished, number: int) -> PhotoView:
    weights = load_score_weights()
    found = photo.assessment.defects
    defects = order_advice(found, weights, trusted=photo.trusted, unmended=photo.unmended)
    return PhotoView(
        photo=photo,
        number=number,
        before=_shot(key, photo, BEFORE),
        after=_shot(key, photo, AFTER),
        section=advice_section(found, photo.doubts, weights, trusted=photo.trusted, unmended=photo.unmended),
        defects=defects,
        marked=tuple(defect for defect in defects if defect.box is not None),
        verdicts=tuple(verdict for verdict in photo.picture_verdicts if number == 1 or not verdict.cover),
    )


def _shot(key: ListingKey, photo: Finished, name: str) -> Shot | None:
    address = picture_of(key, photo, name)
    rendition: StoredRendition | None = next((each for each in photo.renditions if each.name == name), None)
    return Shot(address, rendition.width, rendition.height) if address and rendition else None
