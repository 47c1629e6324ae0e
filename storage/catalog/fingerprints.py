"""Stores photos' perceptual fingerprints, and finds similar photos by an index."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    select(Fingerprints.id)
    .join(Listings, Listings.id == Fingerprints.listing_id)
    .where(Listings.folder == bindparam("folder"), Fingerprints.sha256 == bindparam("sha256"))
)
THESE = (
    select(Fingerprints.id, Listings.seller, Listings.listing, Fingerprints.file, Fingerprints.picture)
    .join(Listings, Listings.id == Fingerprints.listing_id)
    .where(Fingerprints.id.in_(bindparam("ids", expanding=True)))
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
    """A photo that shares a mark, and was there first; the same listing's too."""

    key: ListingKey
    file: str
    picture: bytes


def note_fingerprints(
    catalog: Catalog, shown: Sequence[tuple[Lease, Sequence[Finished]]], looks_same: Callable[[bytes, bytes], bool]
) -> list[LeaseLost | None]:
    """Keep the fingerprints of leased listings' photos, and of no other of theirs, all or nothing.

    One that was there keeps its place, and a photo that is saved anew takes the place of the one that it was, as
    ``looks_same`` tells by two fingerprints' pictures; to do the same twice is the same as once. Returns, in the
    place of each listing that somebody else has taken, that it is so: of that one nothing is noted. Raises
    CatalogError.
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
        known = {
            listing: _keep_known(connection, listing, files, photos[listing], looks_same)
            for listing, files in there.items()
        }
        new = [
            (listing, photo)
            for listing, found in photos.items()
            for sha256, photo in found.items()
            if sha256 not in known[listing]
        ]
        if new and connection.dialect.name == "postgresql":
            # Whoever looks after this sees all with a lower id: of two at once the later one sees the other.
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": NOTING_LOCK})
        for listing, photo in new:
            _note(connection, listing, photo)
    return [row if isinstance(row, LeaseLost) else None for row in rows]


def find_candidates(catalog: Catalog, key: ListingKey, photo: Finished) -> tuple[Candidate, ...]:
    """Return photos that may be the same as this one, and were noted before it, the first one first; few at most.

    None for a photo that is not noted. Raises CatalogError.
    """
    if photo.fingerprint is None:
        return ()
    with catalog.read() as connection:
        noted = connection.scalars(OWN, {"folder": folder_of(key), "sha256": photo.sha256}).one_or_none()
        if noted is None:
            return ()
        ids = _sharing(connection, photo.fingerprint.probes, before=noted)
        found = connection.execute(THESE, {"ids": ids})
        return tuple(
            Candidate(ListingKey(seller=row.seller, listing=row.listing), row.file, row.picture) for row in found
        )


def remove_fingerprints(connection: Connection, which: ColumnElement[bool]) -> int:
    """Remove fingerprints and their marks; return how many fingerprints there were."""
    rows = connection.execute(select(Fingerprints.id, Fingerprints.marks).where(which)).all()
    for row in rows:
        marks = FingerprintMarks.mark.in_(json.loads(row.marks))
        connection.execute(delete(FingerprintMarks).where(marks, FingerprintMarks.fingerprint_id == row.id))
    connection.execute(delete(Fingerprints).where(which))
    return len(rows)


def _keep_known(
    connection: Connection,
    listing: int,
    known: Mapping[str, str],
    shown: Mapping[str, Finished],
    looks_same: Callable[[bytes, bytes], bool],
) -> frozenset[str]:
    """Remove fingerprints of photos that are not shown any more, and have the others bear their photos' names.

    Returns the SHA-256 of the photos that are noted.
    """
    mine = Fingerprints.listing_id == listing
    handed_on: frozenset[str] = frozenset()
    if not known.keys() <= shown.keys():
        handed_on = _hand_on(connection, listing, shown, looks_same)
        remove_fingerprints(connection, mine & Fingerprints.sha256.not_in(shown))
    for sha256, file in known.items():
        if sha256 in shown.keys() - handed_on and shown[sha256].file != file:
            renamed = update(Fingerprints).where(mine, Fingerprints.sha256 == sha256)
            connection.execute(renamed.values(file=shown[sha256].file))
    return handed_on | known.keys()


def _hand_on(
    connection: Connection, listing: int, shown: Mapping[str, Finished], looks_same: Callable[[bytes, bytes], bool]
) -> frozenset[str]:
    """Give each place whose photo is gone to one that shows the same and has none before it; return those photos.

    Whoever had a photo first stays the first one, however often she saves and sends it anew.
    """
    mine = Fingerprints.listing_id == listing
    noted = (
        select(Fingerprints.id, Fingerprints.sha256, Fingerprints.picture, Fingerprints.marks)
        .where(mine)
        .order_by(Fingerprints.id)
    )
    rows = connection.execute(noted).all()
    places = {row.sha256: row.id for row in rows}
    handed_on = set()
    for row in rows:
        if row.sha256 in shown:
            continue
        later = (photo for sha256, photo in shown.items() if places.get(sha256, row.id + 1) > row.id)
        heir = _find_heir(row.picture, frozenset(json.loads(row.marks)), later, looks_same)
        if heir:
            remove_fingerprints(connection, mine & Fingerprints.sha256.in_([row.sha256, heir.sha256]))
            _note(connection, listing, heir, place=row.id)
            places[heir.sha256] = row.id
            handed_on.add(heir.sha256)
    return frozenset(handed_on)


def _find_heir(
    picture: bytes, marks: frozenset[int], photos: Iterable[Finished], looks_same: Callable[[bytes, bytes], bool]
) -> Finished | None:
    """Return the first of the photos that shows what these show: as at any look-up, one that shares a mark."""
    for photo in photos:
        shown = photo.fingerprint
        if shown and not marks.isdisjoint(shown.probes) and looks_same(picture, shown.picture):
            return photo
    return None


def _note(connection: Connection, listing: int, photo: Finished, place: int | None = None) -> None:
    """Note a photo, in the place that another one had or else behind all others."""
    fingerprint = photo.fingerprint
    if fingerprint is None:
        raise ValueError(f"{photo.file} has no fingerprint")
    marks = _telling(fingerprint, _count(connection, fingerprint.marks))
    row: dict[str, object] = {} if place is None else {"id": place}
    row |= {
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
