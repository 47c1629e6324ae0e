"""Compares what the object store has with what the catalog knows, and records what is new or changed."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from models.listing import ListingKey
from models.state import ListingState
from storage.catalog.arrival_schema import Takes
from storage.catalog.bulk_update import BulkUpdate
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import forgotten_so_far, last_number, welcome_sellers
from storage.catalog.lease_rules import FREE
from storage.catalog.schema import Listings, Photos, Sellers
from storage.catalog.states import PhotoState
from storage.catalog.upsert import insert_missing, upsert

SETTLE_SECONDS = 10
"""How long after its last photo a listing counts as complete, unless a ``listing.json`` says so at once."""
COMPLETE_NOTE = "listing.json"
PAGE = 500
RENEWED = BulkUpdate(
    Listings,
    key=("id",),
    give=("version", "fingerprint", "photo_count", "note_file", "state", "due_at"),
    give_all={"attempts": 0, "error": None},
)


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """One photo or note as the object store lists it."""

    file: str
    size: int
    etag: str
    modified: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """All that the object store has of one listing; nothing at all of one that was taken away."""

    key: ListingKey
    photos: tuple[ArrivedFile, ...]
    note: ArrivedFile | None

    @property
    def folder(self) -> str:
        """The listing's place in the order of the store's keys."""
        return folder_of(self.key)

    @property
    def files(self) -> tuple[ArrivedFile, ...]:
        """Photos and note."""
        return self.photos if self.note is None else (*self.photos, self.note)

    @property
    def files_hash(self) -> str:
        """Changes when a file comes, goes or changes; empty when there is none."""
        if not self.files:
            return ""
        lines = (f"{file.file}\n{file.size}\n{file.etag}\n" for file in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ArrivalCounts:
    """How many listings of a call were new, changed and unchanged."""

    new: int
    changed: int
    unchanged: int


def folder_of(key: ListingKey) -> str:
    """Return a listing's place in the order of the store's keys."""
    return f"{key.seller}/{key.listing}/"


def known_listings(catalog: Catalog, after: str, until: str | None) -> Iterator[ListingKey]:
    """Yield the listings with files whose folders lie after ``after`` and not after ``until``, in that order.

    A page at a time is held in memory, and no transaction while the caller thinks.
    """
    while True:
        query = select(Listings.folder, Listings.seller, Listings.listing).where(
            Listings.folder > after, Listings.fingerprint != ""
        )
        if until is not None:
            query = query.where(Listings.folder <= until)
        with catalog.read() as connection:
            page = connection.execute(query.order_by(Listings.folder).limit(PAGE)).all()
        for _, seller, listing in page:
            yield ListingKey(seller=seller, listing=listing)
        if len(page) < PAGE:
            return
        after = page[-1].folder


class _Known(NamedTuple):
    fingerprint: str
    version: int


UNKNOWN = _Known("", 0)


def record_arrivals(
    catalog: Catalog,
    arrivals: Sequence[Arrival],
    *,
    look: Callable[[ListingKey], Arrival] | None = None,
    forgotten: int | None = None,
) -> ArrivalCounts:
    """Give each listing that changed a new version, due once it has settled; leave the others untouched.

    Somebody else may have looked at a listing after us, and recorded what we do not know of. So where one differs
    from what is known, ``look`` tells how the store has it now, and that is recorded unless the listing's version
    has changed meanwhile: then all of this is done once more. Without ``look`` arrivals are taken as they are.

    One that is leased stays so, and is due again, in its new version, after its holder has finished. Those of a
    seller who is just being forgotten are passed over. So are those of unknown sellers where somebody has been
    forgotten since the store was looked at, when ``forgotten`` had been: she may be among them, and whoever is not
    is found by the next look. Raises CatalogError, and what ``look`` raises.
    """
    new = changed = unchanged = 0
    left = arrivals
    while left:
        known, stale = _compare(catalog, left)
        if look is not None:
            again = [look(arrival.key) for arrival in stale if arrival.folder in known]
            stale = [arrival for arrival in stale if arrival.folder not in known]
            with catalog.read() as connection:
                stale += [each for each in _without_left(connection, again) if _differs(each, known)]
        outrun: Sequence[Arrival] = ()
        if stale:
            stale.sort(key=lambda arrival: arrival.folder.encode())
            with catalog.write() as connection:
                outrun = _record(connection, stale, known, forgotten)
        recorded = len(stale) - len(outrun)
        unchanged += len(left) - len(stale)
        fresh = sum(arrival.folder not in known for arrival in stale if arrival not in outrun)
        new, changed = new + fresh, changed + recorded - fresh
        left = outrun
    return ArrivalCounts(new=new, changed=changed, unchanged=unchanged)


def _compare(catalog: Catalog, arrivals: Sequence[Arrival]) -> tuple[dict[str, _Known], list[Arrival]]:
    """Return what is known of listings, by their folders, and those that differ from it."""
    folders = [arrival.folder for arrival in arrivals]
    found = select(Listings.folder, Listings.fingerprint, Listings.version).where(Listings.folder.in_(folders))
    with catalog.read() as connection:
        arrivals = _without_left(connection, arrivals)
        known = {row.folder: _Known(row.fingerprint, row.version) for row in connection.execute(found)}
    return known, [arrival for arrival in arrivals if _differs(arrival, known)]


def _differs(arrival: Arrival, known: Mapping[str, _Known]) -> bool:
    return arrival.files_hash != known.get(arrival.folder, UNKNOWN).fingerprint


def _without_left(connection: Connection, arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
    """Pass over photos that were taken again, as long as they lie beside the take that replaces them.

    That take is of another format, hence under another name; both are there for the moment between the two steps.
    """
    query = select(Listings.folder, Takes.file, Takes.left_etag, Takes.left_for).join(
        Listings, Listings.id == Takes.listing_id
    )
    folders = [arrival.folder for arrival in arrivals]
    rows = connection.execute(query.where(Takes.left_etag.is_not(None), Listings.folder.in_(folders))).all()
    left = {(row.folder, row.file, row.left_etag): row.left_for for row in rows}
    return [_without(arrival, left) for arrival in arrivals] if left else arrivals


def _without(arrival: Arrival, left: Mapping[tuple[str, str, str], str]) -> Arrival:
    there = {photo.file for photo in arrival.photos}
    return replace(
        arrival,
        photos=tuple(
            photo for photo in arrival.photos if left.get((arrival.folder, photo.file, photo.etag)) not in there
        ),
    )


def _record(
    connection: Connection, found: Sequence[Arrival], known: Mapping[str, _Known], forgotten: int | None
) -> list[Arrival]:
    """Record listings that are still in the version that is known; return the others."""
    now = read_clock(connection)
    if forgotten in {None, forgotten_so_far(connection)}:
        sellers = sorted({arrival.key.seller for arrival in found if arrival.files})
        insert_missing(connection, Sellers, [{"name": seller, "first_seen_at": now} for seller in sellers])
    welcome = welcome_sellers(connection, {arrival.key.seller for arrival in found}, keep=True)
    arrivals = [arrival for arrival in found if arrival.key.seller in welcome]
    first = last_number(connection)
    insert_missing(connection, Listings, [_unseen(arrival, first) for arrival in arrivals if arrival.files])
    by_folder = {arrival.folder: arrival for arrival in arrivals}
    # In the order of the folders, so that two discoveries at once wait for each other instead of for ever.
    rows = connection.execute(
        select(Listings.id, Listings.folder, Listings.fingerprint, Listings.version, Listings.holder)
        .where(Listings.folder.in_(by_folder))
        .order_by(Listings.folder)
        .with_for_update()
    ).all()
    stale = [
        (row, by_folder[row.folder])
        for row in rows
        if row.version == known.get(row.folder, UNKNOWN).version and _differs(by_folder[row.folder], known)
    ]
    renewed = [
        {
            "id": row.id,
            "version": row.version + 1,
            "fingerprint": arrival.files_hash,
            "photo_count": len(arrival.photos),
            "note_file": arrival.note.file if arrival.note else None,
            "state": ListingState.LEASED if row.holder else ListingState.DUE,
            "due_at": _due_at(arrival, now),
        }
        for row, arrival in stale
    ]
    RENEWED.execute(connection, renewed)
    ids = [row.id for row, _ in stale]
    connection.execute(update(Photos).where(Photos.listing_id.in_(ids)).values(present=False))
    _record_photos(connection, [(row.id, photo) for row, arrival in stale for photo in arrival.photos])
    return [by_folder[row.folder] for row in rows if row.version != known.get(row.folder, UNKNOWN).version]


def _unseen(arrival: Arrival, lowest: int) -> dict[str, object]:
    return {
        "seller": arrival.key.seller,
        "listing": arrival.key.listing,
        "folder": arrival.folder,
        "state": ListingState.DUE,
        "number": lowest,
        "lowest": lowest,
        **FREE,
    }


def _due_at(arrival: Arrival, now: datetime) -> datetime:
    if arrival.note is not None and arrival.note.file == COMPLETE_NOTE:
        return now
    # A store whose clock is ahead of the database's must not keep its listings waiting.
    newest = max((file.modified for file in arrival.files), default=now)
    return min(newest, now) + timedelta(seconds=SETTLE_SECONDS)


def _record_photos(connection: Connection, photos: Sequence[tuple[int, ArrivedFile]]) -> None:
    rows = [
        {
            "listing_id": listing,
            "file": photo.file,
            "size": photo.size,
            "etag": photo.etag,
            "modified_at": photo.modified,
            "present": True,
            "state": PhotoState.NEW,
            "reason": None,
        }
        for listing, photo in photos
    ]
    upsert(
        connection,
        Photos,
        rows,
        key=("listing_id", "file"),
        renew=("size", "etag", "modified_at", "present", "state", "reason"),
    )
