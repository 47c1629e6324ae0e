"""From what lies in the object store to listings that are due."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby

from models.listing import ListingKey
from models.store import InvalidKey, ObjectInfo, ObjectStore
from models.value import Value
from storage.catalog.arrivals import (
    COMPLETE_NOTE,
    Arrival,
    ArrivalCounts,
    ArrivedFile,
    folder_of,
    known_listings,
    record_arrivals,
)
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import count_forgotten
from storage.object_store.keys import check_key

ROOT = "raw/"
NOTES = (COMPLETE_NOTE, "note.txt")
"""The first one that is there is the note."""
UNFINISHED = (".part", ".tmp")
"""Ends of names that uploading programs use until a file is whole."""
BATCH = 200
"""Listings to a transaction."""
STRAY_KEYS = 100
"""Strays that are named, beyond which they are only counted."""


class Discovery(Value):
    """What one look at the object store found."""

    listings: int = 0
    """Those seen, and those that vanished since the last look."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    photos: int = 0
    strays: int = 0
    """Objects that belong to no listing."""
    stray_keys: tuple[str, ...] = ()
    """Their keys, the first hundred of them."""


def discover(store: ObjectStore, catalog: Catalog, *, seller: str | None = None) -> Discovery:
    """Bring the catalog's listings up to date with the object store, one seller's alone if one is named.

    Reads ``raw/{seller}/{listing}/{file}``, where a file's name may have further slashes. Whatever begins with a
    dot, or is an upload under way, is passed over. Holds two batches of listings in memory: while one is looked up
    in the catalog the store is asked for the next. Raises StoreError, CatalogError; InvalidKey for a seller that
    no key can name.
    """
    scope = ""
    if seller is not None:
        check_key(seller)
        if "/" in seller:
            raise InvalidKey(f"{seller!r}: a seller's name has no slash")
        scope = f"{seller}/"
    strays = _Strays()
    found = Discovery()
    look = _Look(store, catalog)
    after = scope
    for batch in _one_ahead(_batches(_arrivals(store, f"{ROOT}{scope}", strays))):
        until = batch[-1].folder
        found = look.add(found, [*batch, *_vanished(catalog, batch, after, until)])
        after = until
    # "0" follows "/": the end of what begins with the seller's folder.
    end = f"{seller}0" if seller is not None else None
    for batch in _batches(_vanished(catalog, (), after, end)):
        found = look.add(found, batch)
    return found.model_copy(update={"strays": strays.count, "stray_keys": tuple(strays.keys)})


def discover_listing(store: ObjectStore, catalog: Catalog, key: ListingKey) -> None:
    """Bring one listing up to date with the object store. Raises StoreError, CatalogError."""
    look = _Look(store, catalog)
    look.add(Discovery(), [look.at(key)])


def place_of(key: str) -> tuple[ListingKey, str] | None:
    """Return which listing a key under ``raw/`` belongs to, and the name of its file there.

    ``None`` for what is passed over: whatever begins with a dot, and uploads under way. Raises ValueError for one
    that belongs to no listing.
    """
    path = key.removeprefix(ROOT)
    # A key that ends in a slash is how some programs draw an empty folder in a bucket.
    if key.endswith("/") or any(name.startswith(".") and name != ".." for name in path.split("/")):
        return None
    if path.lower().endswith(UNFINISHED):
        return None
    check_key(key)
    seller, listing, file = path.split("/", 2)
    found = ListingKey(seller=seller, listing=listing)
    check_key(found.document)  # which is longer than the listing's own name
    return found, file


@dataclass(slots=True)
class _Strays:
    """Objects that belong to no listing, noted while the others stream by."""

    count: int = 0
    keys: list[str] = field(default_factory=list)

    def note(self, key: str) -> None:
        self.count += 1
        if len(self.keys) < STRAY_KEYS:
            self.keys.append(key.encode("utf-8", "backslashreplace").decode())


class _Look:
    """One look at a store, which began when so many sellers had been forgotten."""

    def __init__(self, store: ObjectStore, catalog: Catalog) -> None:
        self._store = store
        self._catalog = catalog
        self._forgotten = count_forgotten(catalog)

    def at(self, key: ListingKey) -> Arrival:
        """Return what the store has of one listing at this moment."""
        members = _members(self._store.list(f"{ROOT}{folder_of(key)}"), _Strays())
        return _arrival(key, [file for _, file in members])

    def add(self, found: Discovery, arrivals: list[Arrival]) -> Discovery:
        """Record listings, and return what was found with them added."""
        counts: ArrivalCounts = record_arrivals(self._catalog, arrivals, look=self.at, forgotten=self._forgotten)
        return found.model_copy(
            update={
                "listings": found.listings + len(arrivals),
                "new": found.new + counts.new,
                "changed": found.changed + counts.changed,
                "unchanged": found.unchanged + counts.unchanged,
                "photos": found.photos + sum(len(arrival.photos) for arrival in arrivals),
            }
        )


def _batches(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    batch: list[Arrival] = []
    for arrival in arrivals:
        batch.append(arrival)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _one_ahead(batches: Iterator[list[Arrival]]) -> Iterator[list[Arrival]]:
    """Yield the batches; while the caller works on one, a thread already makes the next."""
    with ThreadPoolExecutor(1, "listing") as thread:
        coming = thread.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = thread.submit(next, batches, None)
            yield batch


def _arrivals(store: ObjectStore, prefix: str, strays: _Strays) -> Iterator[Arrival]:
    """Yield the listings under ``prefix`` one by one: a store lists all of a listing's files in one go."""
    members = _members(store.list(prefix), strays)
    for key, group in groupby(members, key=lambda member: member[0]):
        yield _arrival(key, [file for _, file in group])


def _vanished(catalog: Catalog, seen: Iterable[Arrival], after: str, until: str | None) -> Iterator[Arrival]:
    """Yield known listings that the store did not list, as if they had no file: it is asked again for each."""
    present = {arrival.key for arrival in seen}
    for key in known_listings(catalog, after, until):
        if key not in present:
            yield _arrival(key, [])


def _members(objects: Iterable[ObjectInfo], strays: _Strays) -> Iterator[tuple[ListingKey, ArrivedFile]]:
    for info in objects:
        try:
            place = place_of(info.key)
        except ValueError:
            strays.note(info.key)
            continue
        if place is not None:
            key, file = place
            yield key, ArrivedFile(file=file, size=info.size, etag=info.etag, modified=info.modified)


def _arrival(key: ListingKey, files: list[ArrivedFile]) -> Arrival:
    notes = {file.file: file for file in files if file.file in NOTES}
    return Arrival(
        key=key,
        photos=tuple(file for file in files if file.file not in NOTES),
        note=next((notes[name] for name in NOTES if name in notes), None),
    )
