"""What photos are known again by, among all listings: noted under a lease, found by an index."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, text, update

from models.fingerprint import Fingerprint
from models.lease import Lease, LeaseLost
from models.listing import ListingKey
from models.photo import Finished
from storage.catalog.arrivals import folder_of
from storage.catalog.connection import Catalog
from storage.catalog.leases import LeasedRow, lock_all_leased
from storage.catalog.schema import FingerprintMarks, Fingerprints, Listings

MARKS = 24
"""By which a photo can be found; more find more copies, and take more room."""

COMMON = 32
"""Photos that a mark is kept of: one that more have tells nothing, and would make looking slow."""

CANDIDATES = 8
"""Photos that are looked at for one: those that share the most marks with it."""

NOTING_LOCK = 0x6D61726B73
"""PostgreSQL's advisory locks are numbers; this one spells *marks*."""

# Made once: they are asked for with every listing and every photo.
NOTED = select(Fingerprints.listing_id, Fingerprints.sha256, Fingerprints.file).where(
    Fingerprints.listing_id.in_(bindparam("listings", expanding=True))
)
OWN = (
    select(Fingerprints.id, Fingerprints.listing_id)
    .join(Listings, Listings.id == Fingerprints.listing_id)
    .where(Listings.folder == bindparam("folder"), Fingerprints.sha256 == bindparam("sha256"))
)
OF_OTHERS = (
    select(Fingerprints.id, Listings.seller, Listings.listing, Fingerprints.file, Fingerprints.picture)
    .join(Listings, Listings.id == Fingerprints.listing_id)
    .where(Fingerprints.id.in_(bindparam("ids", expanding=True)))
    .where(Fingerprints.listing_id != bindparam("listing"))
    .order_by(Fingerprints.id)
)
# Written into the statement, since some hundred bound values would cost more than all else of a lookup here.
_THESE = FingerprintMarks.mark.in_(bindparam("marks", expanding=True, literal_execute=True))
COUNTED = select(FingerprintMarks.mark, func.count()).where(_THESE).group_by(FingerprintMarks.mark)
SHARING = (
    select(FingerprintMarks.fingerprint_id)
    .where(_THESE, FingerprintMarks.fingerprint_id < bindparam("before"))
    .group_by(FingerprintMarks.fingerprint_id)
    .order_by(func.count().desc(), FingerprintMarks.fingerprint_id)
    .limit(CANDIDATES)
)


class Candidate(NamedTuple):
    """A photo of another listing that shares a mark, and was there first."""

    key: ListingKey
    file: str
    picture: bytes


def note_fingerprints(
    catalog: Catalog, shown: Sequence[tuple[Lease, Sequence[Finished]]]
) -> list[LeaseLost | None]:
    """Keep the fingerprints of leased listings' photos, and of no other of theirs, all or nothing.

    One that was there keeps its place; to do the same twice is the same as once. Returns, in the place of each
    listing that somebody else has taken, that it is so: of that one nothing is noted. Raises CatalogError.
    """
    with catalog.write() as connection:
        rows = lock_all_leased(connection, [lease for lease, _ in shown])
        photos = {
            row.id: {photo.sha256: photo for photo in found if photo.fingerprint is not None}
            for row, (_, found) in zip(rows, shown, strict=True)
            if isinstance(row, LeasedRow)
        }
        there: dict[int, dict[str, str]] = {listing: {} for listing in photos}
        for listing, sha256, file in connection.execute(NOTED, {"listings": list(photos)}):
            there[listing][sha256] = file
        for listing, known in there.items():
            _keep_known(connection, listing, known, photos[listing])
        new = [
            (listing, photo)
            for listing, found in photos.items()
            for sha256, photo in found.items()
            if sha256 not in there[listing]
        ]
        if new and connection.dialect.name == "postgresql":
            # Whoever looks after this sees all with a lower id: of two at once the later one sees the other.
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": NOTING_LOCK})
        for listing, photo in new:
            _note(connection, listing, photo)
    return [row if isinstance(row, LeaseLost) else None for row in rows]


def find_candidates(catalog: Catalog, key: ListingKey, photo: Finished) -> tuple[Candidate, ...]:
    """Return photos of other listings that may be the same as this one, and were noted before it; few at most.

    None for a photo that is not noted. Raises CatalogError.
    """
    if photo.fingerprint is None:
        return ()
    with catalog.read() as connection:
        noted = connection.execute(OWN, {"folder": folder_of(key), "sha256": photo.sha256}).one_or_none()
        if noted is None:
            return ()
        ids = _sharing(connection, photo.fingerprint.probes, before=noted.id)
        found = connection.execute(OF_OTHERS, {"ids": ids, "listing": noted.listing_id})
        return tuple(
            Candidate(ListingKey(seller=row.seller, listing=row.listing), row.file, row.picture) for row in found
        )


def remove_fingerprints(connection: Connection, which: ColumnElement[bool]) -> int:
    """Remove fingerprints and their marks; return how many fingerprints there were."""
    rows = connection.execute(select(Fingerprints.id, Fingerprints.marks).where(which)).all()
    for row in rows:
        marks = FingerprintMarks.mark.in_(json.loads(row.marks))
        connection.execute(delete(FingerprintMarks).where(marks, FingerprintMarks.fingerprint_id == row.id))
    connection.execute(delete(Fingerprints).where(Fingerprints.id.in_([row.id for row in rows])))
    return len(rows)


def _keep_known(
    connection: Connection, listing: int, known: Mapping[str, str], shown: Mapping[str, Finished]
) -> None:
    """Remove fingerprints of photos that are not shown any more, and have the others bear their photos' names."""
    mine = Fingerprints.listing_id == listing
    if not known.keys() <= shown.keys():
        remove_fingerprints(connection, mine & Fingerprints.sha256.not_in(shown))
    for sha256, file in known.items():
        if sha256 in shown and shown[sha256].file != file:
            renamed = update(Fingerprints).where(mine, Fingerprints.sha256 == sha256)
            connection.execute(renamed.values(file=shown[sha256].file))


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
    return {row.mark: row[1] for row in connection.execute(COUNTED, {"marks": marks})}


def _sharing(connection: Connection, probes: Sequence[int], *, before: int) -> list[int]:
    return list(connection.scalars(SHARING, {"marks": probes, "before": before}))
