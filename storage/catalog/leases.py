"""Leases on listings: taken, renewed, given back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select, update

from models.lease import Holder, Lease, LeaseLost
from models.listing import ListingKey
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.lease_rules import FREE, Held, due_again, held, storable, takeable
from storage.catalog.schema import Listings, Photos


def lease_listings(
    catalog: Catalog,
    holder: Holder,
    *,
    photos: int = 48,
    seconds: float = 120,
    seller: str | None = None,
    prefix: str = "",
) -> tuple[Lease, ...]:
    """Take listings that are due, the longest due first, for ``seconds``; none at all when nothing is due.

    Together they have at most ``photos`` photos, or are a single listing with more; one without photos counts as
    one. Of the first ``photos`` listings that are due, what does not fit is passed over and comes first the next
    time. No two callers are given the same listing
    unless the first one's lease expired, or its process is known to be dead. ``seller``, and
    ``prefix`` of the listing's own name, narrow down what is taken. Raises CatalogError.
    """
    with catalog.write() as connection:
        now = read_clock(connection)
        wanted = takeable(Listings, connection, now)
        if seller is not None:
            wanted &= Listings.seller == seller
        if prefix:
            wanted &= func.substr(Listings.listing, 1, len(prefix)) == prefix
        return _take(connection, wanted, photos, hold=held(holder, now, seconds))


def renew(catalog: Catalog, leases: tuple[Lease, ...], *, seconds: float = 120) -> tuple[Lease, ...]:
    """Have leases last ``seconds`` from now; return those that are still ours. Raises CatalogError.

    One that has expired is ours as long as nobody else took it.
    """
    kept = []
    with catalog.write() as connection:
        expires_at = read_clock(connection) + timedelta(seconds=seconds)
        for lease in sorted(leases, key=lambda lease: folder_of(lease.key)):
            renewed = connection.execute(
                update(Listings)
                .where(Listings.folder == folder_of(lease.key), Listings.number == lease.fencing_token)
                .where(Listings.holder.is_not(None))
                .values(expires_at=expires_at)
            )
            if renewed.rowcount:
                kept.append(lease)
    return tuple(kept)


def release(catalog: Catalog, lease: Lease, *, error: str, retry_after: float = 10) -> ListingState:
    """Give a lease back after a failure that may pass; return the listing's state then.

    The listing is due again after ``retry_after`` seconds, twice as long after each further failure, at most an
    hour. After the fifth it is ``failed`` with the error's text. A newer version that has come meanwhile starts
    afresh. Raises LeaseLost, CatalogError.
    """
    with catalog.write() as connection:
        row = lock_leased(connection, lease)
        if row.holder is None:
            raise LeaseLost(f"{lease.key}: finished under lease {lease.fencing_token} already")
        if row.version == lease.version:
            attempts = row.attempts + 1
            due_at = due_again(read_clock(connection), attempts, retry_after)
            state = ListingState.FAILED if due_at is None else ListingState.DUE
        else:
            attempts, due_at, state = row.attempts, row.due_at, ListingState.DUE
        connection.execute(
            update(Listings)
            .where(Listings.id == row.id)
            # The next number at once: nothing is written any more under a lease that was given back.
            .values(
                state=state,
                due_at=due_at,
                attempts=attempts,
                error=storable(error),
                number=row.number + 1,
                **FREE,
            )
        )
    return state


class LeasedRow(NamedTuple):
    """What a write under a lease needs to know of the listing."""

    id: int
    folder: str
    version: int
    number: int
    holder: str | None
    """``None`` once the lease was finished under."""
    attempts: int
    due_at: datetime | None
    finished_at: datetime | None
    """``None`` until something was made of it: then nobody has decided about it, and it is published nowhere."""


# Made once: it is asked for with every listing, several times. By folder, as everybody locks listings.
LEASED = (
    select(*(getattr(Listings, name) for name in LeasedRow._fields))
    .where(Listings.folder.in_(bindparam("folders", expanding=True)))
    .order_by(Listings.folder)
    .with_for_update()
)


def lock_leased(connection: Connection, lease: Lease) -> LeasedRow:
    """Lock a listing for writing under its lease. Raises LeaseLost when somebody else has taken it since."""
    (row,) = lock_all_leased(connection, [lease])
    if isinstance(row, LeaseLost):
        raise row
    return row


def lock_all_leased(connection: Connection, leases: Sequence[Lease]) -> list[LeasedRow | LeaseLost]:
    """Lock listings for writing under their leases, and return each one's row in its place.

    In the place of one that somebody else has taken since it says so.
    """
    found = connection.execute(LEASED, {"folders": [folder_of(lease.key) for lease in leases]})
    rows = {row.folder: LeasedRow(*row) for row in found}
    return [_still(lease, rows.get(folder_of(lease.key))) for lease in leases]


def _still(lease: Lease, row: LeasedRow | None) -> LeasedRow | LeaseLost:
    if row is None or row.number != lease.fencing_token:
        return LeaseLost(
            f"{lease.key}: lease {lease.fencing_token}, now {row.number if row else 'no such listing'}"
        )
    return row


def _take(connection: Connection, wanted: ColumnElement[bool], photos: int, *, hold: Held) -> tuple[Lease, ...]:
    """Take the oldest of the wanted listings, as many as there is room for."""
    # No more than this can fit, since each counts as a photo at least. What is locked here and not taken is hidden
    # from others for the few milliseconds until this transaction ends.
    oldest = connection.execute(
        select(
            Listings.id,
            Listings.seller,
            Listings.listing,
            Listings.version,
            Listings.number,
            Listings.note_file,
            Listings.photo_count,
        )
        .where(wanted)
        .order_by(Listings.due_at, Listings.id)
        .limit(photos)
        .with_for_update(skip_locked=True)
    ).all()
    room = photos
    rows: list[Row[Any]] = []
    for row in oldest:
        if not rows or max(row.photo_count, 1) <= room:
            rows.append(row)
            room -= max(row.photo_count, 1)
    ids = [row.id for row in rows]
    connection.execute(
        update(Listings)
        .where(Listings.id.in_(ids))
        .values(state=ListingState.LEASED, number=Listings.number + 1, **hold)
    )
    files: dict[int, list[str]] = {}
    present = select(Photos.listing_id, Photos.file).where(Photos.listing_id.in_(ids), Photos.present)
    for listing, file in connection.execute(present.order_by(Photos.file)):
        files.setdefault(listing, []).append(file)
    return tuple(
        Lease(
            key=ListingKey(seller=row.seller, listing=row.listing),
            version=row.version,
            fencing_token=row.number + 1,
            files=tuple(files.get(row.id, ())),
            note_file=row.note_file,
        )
        for row in rows
    )
