"""What the photo's page shows: before and after, what is wrong, and the one thing to do."""

from dataclasses import dataclass

from models.assessment import Verdict
from models.listing import ListingKey, ListingResult
from models.photo import Finished
from models.rendition import StoredRendition
from web.console.listing_view import picture_of
from web.photo_advice import PhotoAdvice, advise_on
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
    advice: PhotoAdvice
    verdicts: tuple[Verdict, ...]
    """Of the marketplaces on what they are given; of another photo than the cover, without what is about that."""


def view_photo(key: ListingKey, result: ListingResult, sha256: str) -> PhotoView | None:
    """Return what there is to show of a photo, ``None`` where the listing has no such photo."""
    for number, photo in enumerate(result.finished, start=1):
        if photo.sha256 == sha256:
            return _view(key, photo, number)
    return None


def _view(key: ListingKey, photo: Finished, number: int) -> PhotoView:
    return PhotoView(
        photo=photo,
        number=number,
        before=_shot(key, photo, BEFORE),
        after=_shot(key, photo, AFTER),
        advice=advise_on(photo),
        verdicts=tuple(verdict for verdict in photo.picture_verdicts if number == 1 or not verdict.cover),
    )


def _shot(key: ListingKey, photo: Finished, name: str) -> Shot | None:
    address = picture_of(key, photo, name)
    rendition: StoredRendition | None = next((each for each in photo.renditions if each.name == name), None)
    return Shot(address, rendition.width, rendition.height) if address and rendition else None
