"""Leases on publications: taken, renewed, and ended with a receipt, a failure, or nothing."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from models.lease import Holder, LeaseLost
from models.publication import Publication, PublicationLease, Receipt
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.lease_rules import FREE, storable, takeable, taken, unheld
from storage.catalog.outbox import publishing_state
from storage.catalog.publishers import open_publishers_only
from storage.catalog.schema import Listings, Publications
from storage.catalog.states import PublicationState

RETRY_SECONDS = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Standard Webhooks' schedule: how long after each failure it is sent again; then a person must look."""
JITTER = 0.1
"""Share by which a delay is made longer or shorter, so that what failed together does not come back together."""
MAX_RETRY_AFTER = timedelta(days=1)
"""The longest pause that a receiver can ask for."""


def lease_publications(
    catalog: Catalog, holder: Holder, *, limit: int, seconds: float = 120, publisher: str | None = None
) -> tuple[PublicationLease, ...]:
    """Take at most ``limit`` publications that are due, the longest due first, for ``seconds``.

    ``publisher`` limits them to one publisher; a closed or paused publisher's are never given. Of one listing and
    publisher only the newest is ever given, and only when no older one is being sent: so an older version cannot
    arrive after a newer one. From the second attempt on, the receiver may already have it. Raises CatalogError.
    """
    leases: list[PublicationLease] = []
    with catalog.write() as connection:
        now = read_clock(connection)
        _supersede_outrun(connection, now)
        wanted = takeable(Publications, connection, now) & ~newer_exists() & ~_older_under_way(connection, now)
        wanted &= open_publishers_only(now)
        if publisher is not None:
            wanted &= Publications.publisher == publisher
        while len(leases) < limit:
            lease = _take_oldest(connection, wanted, holder, now, seconds)
            if lease is None:
                break
            leases.append(lease)
    return tuple(leases)


def publishers_due(catalog: Catalog) -> tuple[str, ...]:
    """Return the names of the publishers that something is to be sent to now. Raises CatalogError."""
    with catalog.read() as connection:
        now = read_clock(connection)
        due = takeable(Publications, connection, now) & open_publishers_only(now)
        return tuple(
            name
            for name in _publishers(connection)
            if connection.scalar(select(exists().where(due, Publications.publisher == name)))
        )


def _publishers(connection: Connection) -> Iterator[str]:
    """Yield the names of all publishers in the outbox, one by one off the index: few, in very many rows."""
    name: str | None = ""
    while name := connection.scalar(select(func.min(Publications.publisher)).where(Publications.publisher > name)):
        yield name


def renew_publications(
    catalog: Catalog, leases: Sequence[PublicationLease], *, seconds: float = 120
) -> tuple[PublicationLease, ...]:
    """Have leases last ``seconds`` from now; return those that are still ours. Raises CatalogError."""
    kept = []
    with catalog.write() as connection:
        expires_at = read_clock(connection) + timedelta(seconds=seconds)
        for lease in sorted(leases, key=lambda lease: lease.publication.idempotency_key):
            renewed = connection.execute(
                update(Publications)
                .where(Publications.idempotency_key == lease.publication.idempotency_key)
                .where(Publications.number == lease.fencing_token, Publications.holder.is_not(None))
                .values(expires_at=expires_at)
            )
            if renewed.rowcount:
                kept.append(lease)
    return tuple(kept)


def record_receipt(catalog: Catalog, lease: PublicationLease, receipt: Receipt) -> ListingState:
    """Write that the receiver has a publication; return the listing's state then. Twice is the same as once.

    Raises LeaseLost when somebody else took it, CatalogError, and ValueError for another publication's receipt.
    """
    if receipt.idempotency_key != lease.publication.idempotency_key:
        raise ValueError(f"receipt {receipt.idempotency_key} is not for {lease.publication.idempotency_key}")
    with catalog.write() as connection:
        row = _lock_leased(connection, lease)
        if row.holder is None and row.state != PublicationState.PUBLISHED:
            raise LeaseLost(f"{lease.publication.key}: lease {lease.fencing_token} was given back")
        connection.execute(
            update(Publications)
            .where(Publications.id == row.id)
            .values(
                state=PublicationState.PUBLISHED,
                due_at=None,
                attempts=0,
                error=None,
                receipt=receipt.model_dump_json(),
                published_at=read_clock(connection),
                **FREE,
            )
        )
        return _renew_listing(connection, row, error=None)


def record_failure(
    catalog: Catalog, lease: PublicationLease, *, error: str, retry_after: float | None = None, final: bool = False
) -> ListingState:
    """Write that a publication could not be sent; return the listing's state then.

    It is due again by :data:`RETRY_SECONDS`, give or take :data:`JITTER`, and not before ``retry_after`` seconds
    where the receiver asked for that. After the tenth failure, or at once when the failure is ``final``, it is
    ``failed``, and so is the listing once nothing else of it is under way. Raises LeaseLost when somebody else
    took it, CatalogError.
    """
    with catalog.write() as connection:
        row = _lock_leased(connection, lease)
        if row.holder is None:
            raise LeaseLost(f"{lease.publication.key}: lease {lease.fencing_token} has ended")
        attempts = row.attempts + 1
        due_at = None if final else _due_again(read_clock(connection), attempts, retry_after)
        connection.execute(
            update(Publications)
            .where(Publications.id == row.id)
            .values(
                state=PublicationState.FAILED if due_at is None else PublicationState.PENDING,
                due_at=due_at,
                attempts=attempts,
                error=storable(error),
                **FREE,
            )
        )
        return _renew_listing(connection, row, error=storable(error))


def hold_back(catalog: Catalog, lease: PublicationLease, *, error: str) -> ListingState:
    """Give a publication back unsent through no fault of its own: it counts as no attempt and stays due.

    Raises LeaseLost when somebody else took it, CatalogError.
    """
    with catalog.write() as connection:
        row = _lock_leased(connection, lease)
        if row.holder is None:
            raise LeaseLost(f"{lease.publication.key}: lease {lease.fencing_token} has ended")
        connection.execute(
            update(Publications)
            .where(Publications.id == row.id)
            .values(state=PublicationState.PENDING, due_at=read_clock(connection), error=storable(error), **FREE)
        )
        return _renew_listing(connection, row, error=storable(error))


class _LeasedRow(NamedTuple):
    id: int
    number: int
    holder: str | None
    state: str
    attempts: int
    listing_id: int
    version: int


def _lock_leased(connection: Connection, lease: PublicationLease) -> _LeasedRow:
    """Lock a listing and then its publication, in the order in which everybody does."""
    connection.execute(
        select(Listings.id).where(Listings.folder == folder_of(lease.publication.key)).with_for_update()
    )
    row = connection.execute(
        select(
            Publications.id,
            Publications.number,
            Publications.holder,
            Publications.state,
            Publications.attempts,
            Publications.listing_id,
            Publications.version,
        )
        .where(Publications.idempotency_key == lease.publication.idempotency_key)
        .with_for_update()
    ).first()
    if row is None or row.number != lease.fencing_token:
        raise LeaseLost(
            f"{lease.publication.key}: lease {lease.fencing_token}, now {row.number if row else 'nothing'}"
        )
    return _LeasedRow(*row)


def _renew_listing(connection: Connection, row: _LeasedRow, *, error: str | None) -> ListingState:
    """Have the listing's state follow its publications, unless it has gone on to a newer version."""
    listing = connection.execute(
        select(Listings.state, Listings.version).where(Listings.id == row.listing_id)
    ).one()
    state = publishing_state(connection, row.listing_id, row.version)
    processed = listing.state not in {ListingState.DUE, ListingState.LEASED}
    if state is None or not processed or listing.version != row.version:
        return ListingState(listing.state)
    connection.execute(update(Listings).where(Listings.id == row.listing_id).values(state=state, error=error))
    return state


def _due_again(now: datetime, attempts: int, retry_after: float | None) -> datetime | None:
    if attempts > len(RETRY_SECONDS):
        return None
    delay = timedelta(seconds=RETRY_SECONDS[attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER))
    wish = min(timedelta(seconds=max(retry_after or 0.0, 0.0)), MAX_RETRY_AFTER)
    return now + max(delay, wish)


def newer_exists() -> ColumnElement[bool]:
    """Return the condition of rows that were outrun; a listing's rows are written in the order of its versions."""
    newer = aliased(Publications)
    return exists().where(
        newer.listing_id == Publications.listing_id,
        newer.publisher == Publications.publisher,
        newer.id > Publications.id,
        # One that was superseded before anybody sent it has outrun nothing.
        or_(newer.state != PublicationState.SUPERSEDED, newer.number > 0),
    )


def _older_under_way(connection: Connection, now: datetime) -> ColumnElement[bool]:
    older = aliased(Publications)
    return exists().where(
        older.listing_id == Publications.listing_id,
        older.publisher == Publications.publisher,
        older.id < Publications.id,
        ~unheld(older, connection, now),
    )


def _supersede_outrun(connection: Connection, now: datetime) -> None:
    """Put those aside whose sender failed or died, and which a newer one has outrun meanwhile."""
    outrun = connection.scalars(
        select(Publications.id)
        # What nobody has begun to send is superseded when a newer one is added.
        .where(takeable(Publications, connection, now), Publications.number > 0, newer_exists())
        .with_for_update(skip_locked=True)
    ).all()
    if outrun:
        connection.execute(
            update(Publications)
            .where(Publications.id.in_(outrun))
            .values(state=PublicationState.SUPERSEDED, due_at=None, **FREE)
        )


def _take_oldest(
    connection: Connection, wanted: ColumnElement[bool], holder: Holder, now: datetime, seconds: float
) -> PublicationLease | None:
    row = connection.execute(
        select(Publications.id, Publications.number, Publications.publication)
        .where(wanted)
        .order_by(Publications.due_at, Publications.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    hold = taken(row.number, holder, now, seconds)
    connection.execute(
        update(Publications).where(Publications.id == row.id).values(state=PublicationState.LEASED, **hold)
    )
    return PublicationLease(
        publication=Publication.model_validate_json(row.publication),
        fencing_token=hold["number"],
        attempt=hold["number"],
    )
