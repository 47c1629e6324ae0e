"""One seller's part of a feed, taken out of our own store whether or not its publisher is declared any more."""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from models.listing import ListingKey
from models.store import ObjectStore
from publishing import google_feed, meta_feed
from publishing.pictures import pictures_folder
from publishing.product_code import product_code
from publishing.sheet import sheets_folder


class SharedFile(NamedTuple):
    """A file in which all sellers' listings stand."""

    media_type: str
    without: Callable[[str, Collection[str]], str]
    """Gives its text without the listings of these product codes, and otherwise as it was."""


SHARED = {
    google_feed.FILE: SharedFile(google_feed.MEDIA_TYPE, google_feed.without_items),
    meta_feed.FILE: SharedFile(meta_feed.MEDIA_TYPE, meta_feed.without_rows),
}


def files_of_hers(store: ObjectStore, feed: str, seller: str, keys: Collection[ListingKey]) -> Iterator[str]:
    """Yield the keys of what is one seller's alone: her sheet and her listings' pictures. Raises StoreError."""
    for folder in (sheets_folder(feed, seller), *(pictures_folder(feed, key) for key in keys)):
        yield from (found.key for found in store.list(folder))


def take_out(store: ObjectStore, feed: str, seller: str, keys: Collection[ListingKey]) -> None:
    """Remove what a feed shows of a seller's listings; the others' stay as they are.

    For the one process that holds the feed. Raises StoreError.
    """
    for folder in (sheets_folder(feed, seller), *(pictures_folder(feed, key) for key in keys)):
        store.clear(folder)
    codes = {product_code(key) for key in keys}
    for place, kind in _shared_files(store, feed):
        before = store.get(place).decode()
        after = kind.without(before, codes)
        if after != before:
            store.put(place, after.encode(), media_type=kind.media_type)


def _shared_files(store: ObjectStore, feed: str) -> Iterator[tuple[str, SharedFile]]:
    for name, kind in SHARED.items():
        place = f"feeds/{feed}/{name}"
        if any(found.key == place for found in store.list(place)):
            yield place, kind
