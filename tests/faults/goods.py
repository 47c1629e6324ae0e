"""What the sellers of every series put in, and what an undisturbed run makes of it."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from models.photo import Finished
from models.state import ListingState
from models.store import ObjectStore
from storage.catalog.reading import ListingRow
from tests.sellers import add_listing, draw_photo

WORDS = "Tampah anyaman bambu 45rb"


@cache
def photos_of(seller: str, listing: str) -> dict[str, bytes]:
    """Return a listing's files: two good photos, one, or none that can be read; no two sellers have the same."""
    seed = zlib.crc32(seller.encode())
    files: dict[str, dict[str, bytes]] = {
        "tampah": {"depan.jpg": draw_photo(seed), "samping.jpg": draw_photo(seed + 1)},
        "bakul": {"depan.jpg": draw_photo(seed + 2)},
        "rusak": {"depan.jpg": b"not a photo"},
    }
    return files[listing]


LISTINGS = ("tampah", "bakul", "rusak")
"""Of every seller."""
PUBLISHED = ("tampah", "bakul")


def add_seller(store: ObjectStore, seller: str) -> None:
    """Put a seller's listings into the store."""
    for listing in LISTINGS:
        add_listing(store, f"{seller}/{listing}", photos_of(seller, listing), WORDS)


@dataclass(frozen=True)
class Made:
    """What is made of a listing, whoever's it is."""

    state: ListingState
    renditions: tuple[tuple[str, str], ...]
    """Names and SHA-256 of each photo's renditions."""
    title: str | None

    @classmethod
    def of(cls, row: ListingRow) -> "Made":
        """Return what a catalog's row says."""
        assert row.result is not None, f"{row.key} has no result"
        title = row.result.suggestion.title
        return cls(row.state, renditions_of(row.result.finished), title.value if title else None)


def renditions_of(photos: Iterable[Finished]) -> tuple[tuple[str, str], ...]:
    """Return the names and hashes of what was made of some photos, whichever of them is the cover."""
    return tuple(sorted((each.name, each.sha256) for photo in photos for each in photo.renditions))
