"""Queues events from outside: each once, in whatever order they come."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, bindparam, exists, select, update
from sqlalchemy.orm import aliased

from models.event import Event, ObjectChanged, PhotosUploaded, Received
from storage.catalog.arrivals import SETTLE_SECONDS
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import last_number, welcome_sellers
from storage.catalog.schema import Deliveries
from storage.catalog.states import DeliveryState
from storage.catalog.upsert import insert_missing

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
