"""Leases on queued events: all events about a listing go to one worker at a time."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import Connection, Row, Select, select, update

from models.event import DeliveryLease, PhotosUploaded
from models.lease import Holder, LeaseLost
from models.listing import ListingKey
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.deliveries import EVENT
from storage.catalog.lease_rules import FREE, due_again, storable, taken, unheld
from storage.catalog.schema import Deliveries, Sellers
from storage.catalog.states import DeliveryState


def lease_deliveries(
    catalog: Catalog, holder: Holder, key: ListingKey, *, seconds: float = 120
) -> tuple[DeliveryLease, ...]:
    """Take everything that is queued about a listing, whether due or not.

    Nothing at all while somebody else works on some of it, or of a seller who is just being forgotten; what the
    holder has already is not given again. Raises CatalogError.
    """
    with catalog.write() as connection:
        leaving = select(Sellers.name).where(Sellers.name == key.seller, Sellers.forgetting.is_not(None))
        if connection.execute(leaving).first() is not None:
            return ()
        now = read_clock(connection)
        # All of them are locked, so that two workers cannot take one each.
        rows = connection.execute(_queued_about(key).with_for_update()).all()
        free = set(
            connection.scalars(
                select(Deliveries.id)
                .where(Deliveries.id.in_([row.id for row in rows]))
                .where(unheld(Deliveries, connection, now))
            )
        )
        mine = holder.model_dump_json()
        if any(row.id not in free and row.holder != mine for row in rows):
            return ()
        leases = []
        for row in rows:
            if row.id in free:
                hold = taken(row.number, holder, now, seconds)
                connection.execute(update(Deliveries).where(Deliveries.id == row.id).values(**hold))
                leases.append(_lease(row, hold["number"]))
    return tuple(leases)


def renew_deliveries(catalog: Catalog, leases: Iterable[DeliveryLease], *, seconds: float = 120) -> None:
    """Have leases last ``seconds`` from now. Raises LeaseLost when one is no longer ours, CatalogError."""
    with catalog.write() as connection:
        expires_at = read_clock(connection) + timedelta(seconds=seconds)
        for lease in _in_order(leases):
            _write(connection, lease, expires_at=expires_at)


def note_arrived(catalog: Catalog, lease: DeliveryLease, file: str) -> DeliveryLease:
    """Keep that a photo of an upload has arrived, and return the lease with it.

    Raises LeaseLost when it is no longer ours, CatalogError.
    """
    if not isinstance(lease.event, PhotosUploaded):
        raise TypeError(f"{lease.event.kind} brings no photos")
    event = lease.event.with_arrived(file)
    with catalog.write() as connection:
        _write(connection, lease, event=event.model_dump_json())
    return lease.model_copy(update={"event": event})


def finish_deliveries(catalog: Catalog, leases: Iterable[DeliveryLease], *, error: str | None = None) -> None:
    """End leases: what the events spoke of is processed, or, with an ``error``, as much of it as ever will be.

    Raises LeaseLost when one is no longer ours, and ends none of them then; CatalogError.
    """
    state = DeliveryState.DONE if error is None else DeliveryState.FAILED
    with catalog.write() as connection:
        now = read_clock(connection)
        note = None if error is None else storable(error)
        for lease in _in_order(leases):
            _write(connection, lease, state=state, due_at=None, finished_at=now, error=note, **FREE)


def postpone_deliveries(
    catalog: Catalog, leases: Iterable[DeliveryLease], *, error: str, retry_after: float = 10
) -> None:
    """Give leases back after a failure that may pass: the events are due again after ``retry_after`` seconds.

    Twice as long after each further failure, at most an hour; after the fifth they are ``failed``, with the error.
    Raises LeaseLost when one is no longer ours, CatalogError.
    """
    with catalog.write() as connection:
        now = read_clock(connection)
        for lease in _in_order(leases):
            attempts = lease.attempts + 1
            due_at = due_again(now, attempts, retry_after)
            _write(
                connection,
                lease,
                state=DeliveryState.QUEUED if due_at else DeliveryState.FAILED,
                due_at=due_at,
                finished_at=None if due_at else now,
                attempts=attempts,
                error=storable(error),
                **FREE,
            )


def return_deliveries(catalog: Catalog, leases: Iterable[DeliveryLease]) -> None:
    """Give leases back with nothing said against the events: they are due when they were due before.

    Raises LeaseLost when one is no longer ours, CatalogError.
    """
    with catalog.write() as connection:
        for lease in _in_order(leases):
            _write(connection, lease, **FREE)


def _queued_about(key: ListingKey) -> Select[tuple[int, int, str | None, int, str]]:
    return (
        select(Deliveries.id, Deliveries.number, Deliveries.holder, Deliveries.attempts, Deliveries.event)
        .where(Deliveries.state == DeliveryState.QUEUED)
        .where(Deliveries.seller == key.seller, Deliveries.listing == key.listing)
        .order_by(Deliveries.id)
    )


def _lease(row: Row[tuple[int, int, str | None, int, str]], number: int) -> DeliveryLease:
    return DeliveryLease(
        id=row.id, fencing_token=number, attempts=row.attempts, event=EVENT.validate_json(row.event)
    )


def _in_order(leases: Iterable[DeliveryLease]) -> list[DeliveryLease]:
    """Return leases in the order in which everybody locks their rows."""
    return sorted(leases, key=lambda lease: lease.id)


def _write(connection: Connection, lease: DeliveryLease, **values: object) -> None:
    written = connection.execute(
        update(Deliveries)
        .where(Deliveries.id == lease.id, Deliveries.number == lease.fencing_token, Deliveries.holder.is_not(None))
        .values(**values)
    )
    if not written.rowcount:
        raise LeaseLost(f"{lease.event.key}: the lease of delivery {lease.id} has ended")
