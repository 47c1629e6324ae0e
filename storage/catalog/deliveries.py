"""Events from outside, queued: each once, in an order that does not matter, worked on by lease."""

import hashlib
import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, bindparam, case, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from models.event import DeliveryLease, Event, ObjectChanged, PhotosUploaded, Received
from models.lease import Holder, LeaseLost
from models.listing import ListingKey
from models.value import Value
from storage.catalog.arrivals import COMPLETE_NOTE, SETTLE_SECONDS
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import last_number, welcome_sellers
from storage.catalog.inserting import insert_missing
from storage.catalog.schema import Deliveries
from storage.catalog.states import DeliveryState
from storage.catalog.taking import FREE, MAX_DELAY, due_again, storable, taken, unheld

CALL_AGAIN = timedelta(minutes=1)
"""How long a called worker has to begin before another one is called; twice as long after each further call."""
KEPT = timedelta(days=30)
"""How long a finished delivery is remembered: longer than any sender repeats one."""
EVENT: TypeAdapter[Event] = TypeAdapter(Event)

# Made once: to put such a statement together costs more than the database takes to answer it.
KNOWN = select(Deliveries.identity).where(Deliveries.identity.in_(bindparam("identities", expanding=True)))
NEWER = aliased(Deliveries)
OUTRUN = (
    select(Deliveries.id, Deliveries.identity)
    .where(Deliveries.subject.in_(bindparam("subjects", expanding=True)))
    .where(Deliveries.kind == "object_changed", Deliveries.position != "")
    .where(Deliveries.state == DeliveryState.QUEUED, Deliveries.holder.is_(None))
    .where(
        exists().where(
            NEWER.subject == Deliveries.subject,
            NEWER.position > Deliveries.position,
            NEWER.state.in_((DeliveryState.QUEUED, DeliveryState.DONE)),
        )
    )
    .with_for_update(skip_locked=True)
)


class Queued(StrEnum):
    """What became of an event that was to be queued."""

    NEW = "new"
    KNOWN = "known"
    """A duplicate: nothing was added."""
    OUTRUN = "outrun"
    """A newer one about the same file is known already: kept, but there is nothing to do."""
    IDLE = "idle"
    """That a file of an unknown seller is gone, such as the last ones of a seller who was forgotten: nothing was
    added."""
    UNKNOWN_SELLER = "unknown_seller"
    """Nothing was added."""


class Call(Value):
    """A listing that a worker is to be called for."""

    key: ListingKey
    number: str
    """Another one for each call of each state of its queue."""


def queue(catalog: Catalog, received: Sequence[Received]) -> tuple[Queued, ...]:
    """Keep events, each once, and return what became of each; they are kept when this returns.

    The object store may tell of files of sellers whom nobody has heard of, as discovery does; the marketplace may
    not. Raises CatalogError, and keeps nothing then.
    """
    names = [_digest(each.identity) for each in received]
    with catalog.write() as connection:
        now = read_clock(connection)
        known = set(connection.scalars(KNOWN, {"identities": names}))
        sellers = _known_sellers(connection, received)
        first = last_number(connection)
        ends: list[Queued] = []
        rows: dict[str, dict[str, object]] = {}
        for name, each in zip(names, received, strict=True):
            if name in known or name in rows:
                ends.append(Queued.KNOWN)
            elif each.event.key.seller not in sellers and (end := _end_without_seller(each.event)):
                ends.append(end)
            else:
                ends.append(Queued.NEW)
                rows[name] = _row(name, each.event, now, first)
        # In one order everywhere, so that two processes that are told the same wait for each other, not for ever.
        insert_missing(connection, Deliveries, [rows[name] for name in sorted(rows)])
        ordered = {each.event.subject for each in received if isinstance(each.event, ObjectChanged)}
        outrun = _put_outrun_aside(connection, sorted(ordered), now) if ordered else set()
    return tuple(
        Queued.OUTRUN if end is Queued.NEW and name in outrun else end
        for name, end in zip(names, ends, strict=True)
    )


def call_due(catalog: Catalog, *, limit: int) -> tuple[Call, ...]:
    """Return listings that a worker is to be called for, the longest due first, and note that it was called.

    A listing is called for once its last file has settled or one of its events is urgent, and not while somebody
    works on its events; again, with growing pauses, until they are finished. Raises CatalogError.
    """
    with catalog.write() as connection:
        now = read_clock(connection)
        held = func.max(case((unheld(Deliveries, connection, now), 0), else_=1))
        settled = func.max(Deliveries.due_at) <= now
        urgent = func.max(case((Deliveries.urgent & (Deliveries.due_at <= now), 1), else_=0))
        found = connection.execute(
            select(
                Deliveries.seller,
                Deliveries.listing,
                func.max(Deliveries.id).label("newest"),
                func.max(Deliveries.calls).label("calls"),
            )
            .where(Deliveries.state == DeliveryState.QUEUED)
            .group_by(Deliveries.seller, Deliveries.listing)
            .having((held == 0) & (settled | (urgent == 1)))
            .order_by(func.min(Deliveries.due_at))
            .limit(limit)
        ).all()
        for row in found:
            pause = min(CALL_AGAIN * (1 << min(row.calls, 10)), MAX_DELAY)
            connection.execute(
                update(Deliveries)
                .where(Deliveries.state == DeliveryState.QUEUED)
                .where(Deliveries.seller == row.seller, Deliveries.listing == row.listing)
                .values(due_at=now + pause, calls=row.calls + 1)
            )
    return tuple(
        Call(key=ListingKey(seller=row.seller, listing=row.listing), number=f"{row.newest}-{row.calls + 1}")
        for row in found
    )


def seconds_until_call(catalog: Catalog) -> float:
    """Return how long it is until an event falls due; infinity when none is queued. Raises CatalogError."""
    query = select(func.min(Deliveries.due_at)).where(Deliveries.state == DeliveryState.QUEUED)
    with catalog.read() as connection:
        due_at = connection.execute(query).scalar_one()
        return math.inf if due_at is None else max(0.0, (due_at - read_clock(connection)).total_seconds())


def listings_with_photos_to_fetch(catalog: Catalog, *, seller: str | None = None) -> tuple[ListingKey, ...]:
    """Return the listings whose queued events may link to photos. Raises CatalogError."""
    query = (
        select(Deliveries.seller, Deliveries.listing)
        .where(Deliveries.state == DeliveryState.QUEUED, Deliveries.kind == "photos_uploaded")
        .group_by(Deliveries.seller, Deliveries.listing)
        .order_by(func.min(Deliveries.id))
    )
    if seller is not None:
        query = query.where(Deliveries.seller == seller)
    with catalog.read() as connection:
        return tuple(ListingKey(seller=row.seller, listing=row.listing) for row in connection.execute(query))


def lease_deliveries(
    catalog: Catalog, holder: Holder, key: ListingKey, *, seconds: float = 120
) -> tuple[DeliveryLease, ...]:
    """Take everything that is queued about a listing, whether due or not.

    Nothing at all while somebody else works on some of it; what the holder has already is not given again. Raises
    CatalogError.
    """
    with catalog.write() as connection:
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


def files_of_newer_events(catalog: Catalog, lease: DeliveryLease) -> frozenset[str]:
    """Return the files that newer events about the same listing bring, which an older one must not overwrite.

    Raises CatalogError.
    """
    query = select(Deliveries.event).where(
        Deliveries.subject == lease.event.subject,
        Deliveries.kind == lease.event.kind,
        Deliveries.position > lease.event.position,
    )
    with catalog.read() as connection:
        newer = [EVENT.validate_json(event) for event in connection.scalars(query)]
    uploads = [event for event in newer if isinstance(event, PhotosUploaded)]
    photos = {photo.file for event in uploads for photo in event.photos}
    return frozenset(photos | {COMPLETE_NOTE for event in uploads if event.note is not None})


def newest_delivery(catalog: Catalog) -> int:
    """Return the number of the last event that was queued; 0 before the first. Raises CatalogError."""
    with catalog.read() as connection:
        return connection.execute(select(func.coalesce(func.max(Deliveries.id), 0))).scalar_one()


def finish_looked_at(catalog: Catalog, *, until: int, seller: str | None = None) -> None:
    """End the object store's events up to number ``until``: a look at the whole store has seen what they told.

    Those that somebody works on are left to them. Raises CatalogError.
    """
    with catalog.write() as connection:
        now = read_clock(connection)
        seen = update(Deliveries).where(
            Deliveries.state == DeliveryState.QUEUED,
            Deliveries.kind == "object_changed",
            Deliveries.id <= until,
            unheld(Deliveries, connection, now),
        )
        if seller is not None:
            seen = seen.where(Deliveries.seller == seller)
        connection.execute(
            seen.values(
                state=DeliveryState.DONE, due_at=None, finished_at=now, number=Deliveries.number + 1, **FREE
            )
        )


def drop_old_deliveries(catalog: Catalog) -> None:
    """Remove what was finished more than :data:`KEPT` ago. Raises CatalogError."""
    with catalog.write() as connection:
        long_ago = read_clock(connection) - KEPT
        connection.execute(delete(Deliveries).where(Deliveries.finished_at < long_ago))


def _digest(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()


def _known_sellers(connection: Connection, received: Sequence[Received]) -> set[str]:
    told = {each.event.key.seller for each in received if _end_without_seller(each.event)}
    return welcome_sellers(connection, told) if told else set()


def _end_without_seller(event: Event) -> Queued | None:
    """Return what becomes of an event whose seller is unknown; ``None`` where that makes no difference."""
    if isinstance(event, PhotosUploaded):
        return Queued.UNKNOWN_SELLER
    return Queued.IDLE if event.removed else None


def _row(identity: str, event: Event, now: datetime, lowest: int) -> dict[str, object]:
    return {
        "identity": identity,
        "kind": event.kind,
        "seller": event.key.seller,
        "listing": event.key.listing,
        "subject": event.subject,
        "position": event.position,
        "urgent": event.urgent,
        "event": event.model_dump_json(),
        "number": lowest,
        "state": DeliveryState.QUEUED,
        "due_at": now if event.urgent else now + timedelta(seconds=SETTLE_SECONDS),
        "received_at": now,
    }


def _put_outrun_aside(connection: Connection, subjects: Sequence[str], now: datetime) -> set[str]:
    """Take the older of two events about one file out of the queue; return the identities of those taken out.

    Whoever works on the newer one looks at the store after both, and so has worked on the older one too.
    """
    found = connection.execute(OUTRUN, {"subjects": subjects}).all()
    if found:
        connection.execute(
            update(Deliveries)
            .where(Deliveries.id.in_([row.id for row in found]))
            .values(state=DeliveryState.OUTRUN, due_at=None, finished_at=now)
        )
    return {row.identity for row in found}


def _queued_about(key: ListingKey) -> Select[tuple[int, int, str | None, int, str]]:
    return (
        select(Deliveries.id, Deliveries.number, Deliveries.holder, Deliveries.attempts, Deliveries.event)
        .where(Deliveries.state == DeliveryState.QUEUED)
        .where(Deliveries.seller == key.seller, Deliveries.listing == key.listing)
        .order_by(Deliveries.id)
    )


def _lease(row: Row[tuple[int, int, str | None, int, str]], number: int) -> DeliveryLease:
    return DeliveryLease(id=row.id, number=number, attempts=row.attempts, event=EVENT.validate_json(row.event))


def _in_order(leases: Iterable[DeliveryLease]) -> list[DeliveryLease]:
    """Return leases in the order in which everybody locks their rows."""
    return sorted(leases, key=lambda lease: lease.id)


def _write(connection: Connection, lease: DeliveryLease, **values: object) -> None:
    written = connection.execute(
        update(Deliveries)
        .where(Deliveries.id == lease.id, Deliveries.number == lease.number, Deliveries.holder.is_not(None))
        .values(**values)
    )
    if not written.rowcount:
        raise LeaseLost(f"{lease.event.key}: the lease of delivery {lease.id} has ended")
