"""What photos are known again by, among all listings: noted under a lease, found by an index."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, text, update

from models.fingerprint import Fingerprint
from models.lease import Lease
from models.listing import ListingKey
from models.photo import Finished
from storage.catalog.arrivals import folder_of
from storage.catalog.connection import Catalog
from storage.catalog.leases import lock_leased
from storage.catalog.schema import FingerprintMarks, Fingerprints, Listings

MARKS = 24
"""By which a photo can be found; more find more copies, and take more room."""

COMMON = 32
"""Photos that a mark is kept of: one that more have tells nothing, and would make looking slow."""

CANDIDATES = 8
"""Photos that are looked at for one: those that share the most marks with it."""

NOTING_LOCK = 0x6D61726B73
"""PostgreSQL's advisory locks are numbers; this one spells *marks*."""

# Made once: it is asked for with every listing.
NOTED = select(Fingerprints.sha256, Fingerprints.file).where(Fingerprints.listing_id == bindparam("listing"))


class Candidate(NamedTuple):
    """A photo of another listing that shares a mark, and was there first."""

    key: ListingKey
    file: str
    picture: bytes


def note_fingerprints(catalog: Catalog, lease: Lease, photos: Sequence[Finished]) -> None:
    """Keep the fingerprints of a listing's photos, and of no other of its; one that was there keeps its place.

    To do the same twice is the same as once. Raises LeaseLost when somebody else took the listing, CatalogError.
    """
    shown = {photo.sha256: photo for photo in photos if photo.fingerprint is not None}
    with catalog.write() as connection:
        listing = lock_leased(connection, lease).id
        mine = Fingerprints.listing_id == listing
        there = {row.sha256: row.file for row in connection.execute(NOTED, {"listing": listing})}
        if not there.keys() <= shown.keys():
            remove_fingerprints(connection, mine & Fingerprints.sha256.not_in(shown))
        for sha256, file in there.items():
            if sha256 in shown and shown[sha256].file != file:
                renamed = update(Fingerprints).where(mine, Fingerprints.sha256 == sha256)
                connection.execute(renamed.values(file=shown[sha256].file))
        new = [photo for sha256, photo in shown.items() if sha256 not in there]
        if new and connection.dialect.name == "postgresql":
            # Whoever looks after this sees all with a lower id: of two at once the later one sees the other.
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": NOTING_LOCK})
        for photo in new:
            _note(connection, listing, photo)


def find_candidates(catalog: Catalog, key: ListingKey, photo: Finished) -> tuple[Candidate, ...]:
    """Return photos of other listings that may be the same as this one, and were noted before it; few at most.

    None for a photo that is not noted. Raises CatalogError.
    """
    if photo.fingerprint is None:
        return ()
    with catalog.read() as connection:
        own = (
            select(Fingerprints.id, Fingerprints.listing_id)
            .join(Listings, Listings.id == Fingerprints.listing_id)
            .where(Listings.folder == folder_of(key), Fingerprints.sha256 == photo.sha256)
        )
        noted = connection.execute(own).one_or_none()
        if noted is None:
            return ()
        ids = _sharing(connection, photo.fingerprint.probes, before=noted.id)
        found = (
            select(Fingerprints.id, Listings.seller, Listings.listing, Fingerprints.file, Fingerprints.picture)
            .join(Listings, Listings.id == Fingerprints.listing_id)
            .where(Fingerprints.id.in_(ids), Fingerprints.listing_id != noted.listing_id)
            .order_by(Fingerprints.id)
        )
        return tuple(
            Candidate(ListingKey(seller=row.seller, listing=row.listing), row.file, row.picture)
            for row in connection.execute(found)
        )


def remove_fingerprints(connection: Connection, which: ColumnElement[bool]) -> int:
    """Remove fingerprints and their marks; return how many fingerprints there were."""
    rows = connection.execute(select(Fingerprints.id, Fingerprints.marks).where(which)).all()
    for row in rows:
        marks = FingerprintMarks.mark.in_(json.loads(row.marks))
        connection.execute(delete(FingerprintMarks).where(marks, FingerprintMarks.fingerprint_id == row.id))
    connection.execute(delete(Fingerprints).where(Fingerprints.id.in_([row.id for row in rows])))
    return len(rows)


def _note(connection: Connection, listing: int, photo: Finished) -> None:
    fingerprint = photo.fingerprint
    if fingerprint is None:
        raise ValueError(f"{photo.file} has no fingerprint")
    marks = _telling(fingerprint, _count(connection, fingerprint.marks))
    row = {
        "listing_id": listing,
        "file": photo.file,
        "sha256": photo.sha256,
        "picture": fingerprint.picture,
        "marks": json.dumps(marks),
    }
    number = connection.execute(insert(Fingerprints).values(row).returning(Fingerprints.id)).scalar_one()
    if marks:
        connection.execute(insert(FingerprintMarks), [{"mark": mark, "fingerprint_id": number} for mark in marks])


def _telling(fingerprint: Fingerprint, counts: Mapping[int, int]) -> list[int]:
    """Return the strongest marks that few photos have."""
    return [mark for mark in fingerprint.marks if counts.get(mark, 0) < COMMON][:MARKS]


def _count(connection: Connection, marks: Sequence[int]) -> dict[int, int]:
    counted = select(FingerprintMarks.mark, func.count()).where(FingerprintMarks.mark.in_(marks))
    rows = connection.execute(counted.group_by(FingerprintMarks.mark))
    return {row.mark: row[1] for row in rows}


def _sharing(connection: Connection, probes: Sequence[int], *, before: int) -> list[int]:
    shared = (
        select(FingerprintMarks.fingerprint_id)
        .where(FingerprintMarks.mark.in_(probes), FingerprintMarks.fingerprint_id < before)
        .group_by(FingerprintMarks.fingerprint_id)
        .order_by(func.count().desc(), FingerprintMarks.fingerprint_id)
        .limit(CANDIDATES)
    )
    return list(connection.scalars(shared))
