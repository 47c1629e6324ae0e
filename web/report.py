"""The report: every photo before and after, as a folder of one page and its pictures that opens from disk."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from config.categories import load_categories
from config.copy import load_copy
from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from config.messages import Messages
from config.waits import wait_section
from models.listing import ListingKey, ListingResult
from models.photo import Finished
from models.rendition import StoredRendition
from models.state import ListingState
from processing.assess.unseen import say_left_open
from storage.catalog.reading import ListingRow
from web.photo_advice import PhotoAdvice, advise_on
from web.report_pictures import PagePicture, PictureFolder, write_whole
from web.templating import AFTER, BEFORE, THUMBNAIL, open_templates

GROUPS = {
    ListingState.PUBLISHED: "published",
    ListingState.WAITING: "waiting",
    ListingState.FAILED: "waiting",
}
"""Which figure of the summary counts a state; all others are in progress."""


@dataclass(frozen=True, slots=True)
class ReportListing:
    """One listing as the report shows it."""

    key: ListingKey
    state: ListingState
    result: ListingResult | None
    """``None`` while it was never processed."""
    locations: tuple[str, ...]
    """Where it is published."""
    error: str | None
    """For engineers: the last error of one that failed."""

    @classmethod
    def of(cls, row: ListingRow) -> Self:
        """Return what the catalog says of a listing."""
        return cls(row.key, row.state, row.result, tuple(receipt.location for receipt in row.receipts), row.error)


@dataclass(frozen=True, slots=True)
class PhotoSection:
    """One photo with its pictures, and what is said of it."""

    result: Finished
    advice: PhotoAdvice
    before: PagePicture | None
    after: PagePicture | None


@dataclass(frozen=True, slots=True)
class ListingSection:
    """One listing with its pictures."""

    anchor: str
    listing: ReportListing
    cover: PagePicture | None
    photos: tuple[PhotoSection, ...]

    @property
    def group(self) -> str:
        """The summary's figure that counts it."""
        return GROUPS.get(self.listing.state, "other")


def render_report(
    listings: Iterable[ReportListing],
    destination: Path,
    *,
    read: Callable[[str], bytes],
    messages: Messages,
) -> Path:
    """Write the report into a folder and return its page's path.

    One picture at a time is in memory. An earlier report in the same folder is replaced, other files stay.

    Parameters
    ----------
    read
        Returns a rendition's bytes by its key; ``ObjectMissing`` leaves a visible gap in the page.

    Raises
    ------
    StoreError
        When the object store fails.
    """
    pictures = PictureFolder(destination / "pictures", read)
    views = [_view(f"produk-{number}", listing, pictures) for number, listing in enumerate(listings, start=1)]
    page = (
        open_templates()
        .get_template("report.html.jinja")
        .render(
            views=views,
            counts=Counter(view.group for view in views),
            photo_count=sum(len(view.listing.result.photos) for view in views if view.listing.result),
            set_aside=sum(len(view.listing.result.set_aside) for view in views if view.listing.result),
            made=datetime.now(UTC),
            messages=messages,
            text=messages.text,
            wait_section=wait_section,
            unseen=say_left_open,
            categories=load_categories(),
            labels=load_copy(messages.language).labels,
            marketplaces={code: load_marketplace(code) for code in known_marketplaces()},
        )
    )
    write_whole(destination / "index.html", page.encode())
    pictures.remove_unused()
    return destination / "index.html"


def _view(anchor: str, listing: ReportListing, pictures: PictureFolder) -> ListingSection:
    finished = listing.result.finished if listing.result else ()
    photos = tuple(_photo(photo, pictures) for photo in finished)
    cover = pictures.copy(_renditions(finished[0]).get(THUMBNAIL)) if finished else None
    return ListingSection(anchor, listing, cover, photos)


def _photo(photo: Finished, pictures: PictureFolder) -> PhotoSection:
    renditions = _renditions(photo)
    before, after = (pictures.copy(renditions.get(name)) for name in (BEFORE, AFTER))
    return PhotoSection(photo, advise_on(photo), before, after)


def _renditions(photo: Finished) -> dict[str, StoredRendition]:
    return {rendition.name: rendition for rendition in photo.renditions}
