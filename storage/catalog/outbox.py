"""The outbox: what is to be published is a row first, then a call, then a receipt."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, exists, select, update
from sqlalchemy.orm import aliased

from models.lease import Holder, LeaseLost
from models.publication import Publication, PublicationLease, Receipt
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.inserting import insert_missing
from storage.catalog.schema import Listings, Publications
from storage.catalog.states import PublicationState
from storage.catalog.taking import FREE, due_again, storable, takeable, taken, unheld


def enqueue(connection: Connection, listing: int, publications: Sequence[Publication]) -> None:
    """Add publications, each only once, to a listing whose row the transaction has locked.

    Those of the listing that nobody has begun to send are superseded by them.
    """
    keys = [publication.idempotency_key for publication in publications]
    # This waits for whoever is just taking an older one: hence no worker sees the newer without that lease.
    connection.execute(
        update(Publications)
        .where(Publications.listing_id == listing, Publications.idempotency_key.not_in(keys))
        .where(Publications.state == PublicationState.PENDING)
        .values(state=PublicationState.SUPERSEDED, due_at=None)
    )
    now = read_clock(connection)
    rows = [
        {
            "listing_id": listing,
            "publisher": publication.publisher,
            "version": publication.version,
            "idempotency_key": publication.idempotency_key,
            "publication": publication.model_dump_json(),
            "state": PublicationState.PENDING,
            "due_at": now,
            "created_at": now,
        }
        for publication in publications
    ]
    insert_missing(connection, Publications, rows)


def publishing_state(connection: Connection, listing: int, version: int) -> ListingState | None:
    """Return how far the publications of a listing's version have come together; ``None`` when it has none."""
    found = connection.scalars(
        select(Publications.state).where(
            Publications.listing_id == listing,
            Publications.version == version,
            Publications.state != PublicationState.SUPERSEDED,
        )
    )
    states = {PublicationState(state) for state in found}
    if not states:
        return None
    if states & {PublicationState.PENDING, PublicationState.LEASED}:
        return ListingState.PUBLISHING
    return ListingState.FAILED if PublicationState.FAILED in states else ListingState.PUBLISHED


def lease_publications(
    catalog: Catalog, holder: Holder, *, limit: int, seconds: float = 120
) -> tuple[PublicationLease, ...]:
    """Take at most ``limit`` publications that are due, the longest due first, for ``seconds``.

    Of one listing and publisher only the newest is ever given, and only when no older one is being sent: so an
    older version cannot arrive after a newer one. From the second attempt on, the receiver may already have it.
    Raises CatalogError.
    """
    leases: list[PublicationLease] = []
    with catalog.write() as connection:
        now = read_clock(connection)
        _supersede(connection, now)
        wanted = takeable(Publications, connection, now) & ~_newer_exists() & ~_older_under_way(connection, now)
        while len(leases) < limit:
            lease = _take_oldest(connection, wanted, holder, now, seconds)
            if lease is None:
                break
            leases.append(lease)
    return tuple(leases)


def record_receipt(catalog: Catalog, lease: PublicationLease, receipt: Receipt) -> ListingState:
    """Write that the receiver has a publication; return the listing's state then. Twice is the same as once.

    Raises LeaseLost when somebody else took it, CatalogError, and ValueError for another publication's receipt.
    """
    if receipt.idempotency_key != lease.publication.idempotency_key:
        raise ValueError(f"receipt {receipt.idempotency_key} is not for {lease.publication.idempotency_key}")
    with catalog.write() as connection:
        row = _lock_leased(connection, lease)
        if row.holder is None and row.state != PublicationState.PUBLISHED:
            raise LeaseLost(f"{lease.publication.key}: lease {lease.number} was given back")
        connection.execute(
            update(Publications)
            .where(Publications.id == row.id)
            .values(
                state=PublicationState.PUBLISHED,
                due_at=None,
                error=None,
                receipt=receipt.model_dump_json(),
                published_at=read_clock(connection),
                **FREE,
            )
        )
        return _renew_listing(connection, row, lease, error=None)


def record_failure(
    catalog: Catalog, lease: PublicationLease, *, error: str, retry_after: float = 10
) -> ListingState:
    """Write that a publication could not be sent; return the listing's state then.

    It is due again after ``retry_after`` seconds, twice as long after each further failure, at most an hour. After
    the fifth it is ``failed``, and so is the listing once nothing else of it is under way. Raises LeaseLost when
    somebody else took it, CatalogError.
    """
    with catalog.write() as connection:
        row = _lock_leased(connection, lease)
        if row.holder is None:
            raise LeaseLost(f"{lease.publication.key}: lease {lease.number} has ended")
        attempts = row.attempts + 1
        due_at = due_again(read_clock(connection), attempts, retry_after)
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
        return _renew_listing(connection, row, lease, error=storable(error))


class _LeasedRow(NamedTuple):
    id: int
    number: int
    holder: str | None
    state: str
    attempts: int
    listing_id: int


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
        )
        .where(Publications.idempotency_key == lease.publication.idempotency_key)
        .with_for_update()
    ).first()
    if row is None or row.number != lease.number:
        raise LeaseLost(f"{lease.publication.key}: lease {lease.number}, now {row.number if row else 'nothing'}")
    return _LeasedRow(*row)


def _renew_listing(
    connection: Connection, row: _LeasedRow, lease: PublicationLease, *, error: str | None
) -> ListingState:
    """Have the listing's state follow its publications, unless it has gone on to a newer version."""
    listing = connection.execute(
        select(Listings.state, Listings.version).where(Listings.id == row.listing_id)
    ).one()
    state = publishing_state(connection, row.listing_id, lease.publication.version)
    processed = listing.state not in {ListingState.DUE, ListingState.LEASED}
    if state is None or not processed or listing.version != lease.publication.version:
        return ListingState(listing.state)
    connection.execute(update(Listings).where(Listings.id == row.listing_id).values(state=state, error=error))
    return state


def _newer_exists() -> ColumnElement[bool]:
    """Return the condition of rows that were outrun; a listing's rows are written in the order of its versions."""
    newer = aliased(Publications)
    return exists().where(
        newer.listing_id == Publications.listing_id,
        newer.publisher == Publications.publisher,
        newer.id > Publications.id,
    )


def _older_under_way(connection: Connection, now: datetime) -> ColumnElement[bool]:
    older = aliased(Publications)
    return exists().where(
        older.listing_id == Publications.listing_id,
        older.publisher == Publications.publisher,
        older.id < Publications.id,
        ~unheld(older, connection, now),
    )


def _supersede(connection: Connection, now: datetime) -> None:
    """Put those aside whose sender failed or died, and which a newer one has outrun meanwhile."""
    outrun = connection.scalars(
        select(Publications.id)
        .where(takeable(Publications, connection, now), _newer_exists())
        .with_for_update(skip_locked=True)
    ).all()
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
        publication=Publication.model_validate_json(row.publication), number=hold["number"], attempt=hold["number"]
    )
