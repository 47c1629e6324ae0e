"""Decides for which listings a worker is called, and when."""

import math
from datetime import timedelta

from sqlalchemy import case, func, select, update

from models.listing import ListingKey
from models.value import Value
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.lease_rules import MAX_DELAY, unheld
from storage.catalog.schema import Deliveries
from storage.catalog.states import DeliveryState

CALL_AGAIN = timedelta(minutes=1)
"""How long a called worker has to begin before another one is called; twice as long after each further call."""

CALL_ALL_AGAIN = timedelta(minutes=10)
"""How long a worker has to take in all that is queued before another one is called."""


class Call(Value):
    """A listing that a worker is to be called for."""

    key: ListingKey
    number: str
    """Another one for each call of each state of its queue."""


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


def call_all(catalog: Catalog) -> None:
    """Note that a worker is called for all that is queued and that nobody works on. Raises CatalogError."""
    with catalog.write() as connection:
        now = read_clock(connection)
        connection.execute(
            update(Deliveries)
            .where(Deliveries.state == DeliveryState.QUEUED, unheld(Deliveries, connection, now))
            .values(due_at=now + CALL_ALL_AGAIN, calls=Deliveries.calls + 1)
        )


def seconds_until_call(catalog: Catalog) -> float:
    """Return how long it is until an event falls due; infinity when none is queued. Raises CatalogError."""
    query = select(func.min(Deliveries.due_at)).where(Deliveries.state == DeliveryState.QUEUED)
    with catalog.read() as connection:
        due_at = connection.execute(query).scalar_one()
        return math.inf if due_at is None else max(0.0, (due_at - read_clock(connection)).total_seconds())
