"""Counts for operations: how much there is of everything, what is stuck, and since when.

Each figure is counted within an index. Those that grow with the catalog (listings by state, publications) still
take as long as there are rows in it: whoever asks often spares the database, as :mod:`web.metrics` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, TextClause, func, select

from models.state import ListingState
from storage.catalog.arrival_schema import Uploads
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.dead_letters import given_up
from storage.catalog.schema import (
    BEGUN,
    POSTPONED,
    SET_ASIDE,
    Deliveries,
    Leasable,
    Listings,
    Photos,
    Publications,
    Schema,
)
from storage.catalog.states import DeliveryState, PublicationState

NOT_NOTED = "not_noted"
"""Why a photo is set aside that was so before reasons were noted."""
QUEUES: dict[str, tuple[type[Leasable], str]] = {
    "listings": (Listings, ListingState.DUE),
    "publications": (Publications, PublicationState.PENDING),
    "deliveries": (Deliveries, DeliveryState.QUEUED),
}
"""What workers take from, and the state of what waits there."""


@dataclass(frozen=True, slots=True)
class StandingCounts:
    """The catalog in figures."""

    at: datetime
    """By the catalog's clock."""
    listings: Mapping[str, int]
    """By :class:`models.state.ListingState`."""
    set_aside: Mapping[str, int]
    """Photos that cannot be used, by :class:`models.rejection.RejectionReason` or :data:`NOT_NOTED`."""
    outbox_pending: int
    """Publications that are to be sent, or are being sent."""
    outbox_dead: int
    """Those that were given up and that no newer one has replaced."""
    published: Mapping[str, int]
    """Publications that were taken, withdrawals too, by publisher."""
    deliveries_waiting: int
    deliveries_dead: int
    uploads: int
    """Photos that are arriving."""
    postponed: Mapping[str, int]
    """By queue, what failed and is to be tried again."""
    oldest_due: Mapping[str, float]
    """By queue, for how long what is due has been so, in s; 0 where nothing is."""


def count_standing(catalog: Catalog) -> StandingCounts:
    """Return the figures. Raises CatalogError."""
    with catalog.read() as connection:
        now = read_clock(connection)
        queued = Deliveries.state == DeliveryState.QUEUED
        unsent = Publications.state.in_((PublicationState.PENDING, PublicationState.LEASED))
        return StandingCounts(
            at=now,
            listings=_by_state(connection),
            set_aside=_set_aside(connection),
            outbox_pending=_count(connection, Publications, unsent),
            outbox_dead=_count(connection, Publications, given_up()),
            published=_published(connection),
            deliveries_waiting=_count(connection, Deliveries, queued),
            deliveries_dead=_count(connection, Deliveries, Deliveries.state == DeliveryState.FAILED),
            uploads=_count(connection, Uploads, Uploads.expires_at > now, Uploads.file.is_(None)),
            postponed={
                "listings": _count(connection, Listings, POSTPONED),
                "publications": _count(connection, Publications, BEGUN, Publications.attempts > 0),
                "deliveries": _count(connection, Deliveries, queued, Deliveries.attempts > 0),
            },
            oldest_due={name: _oldest_due(connection, name, now) for name in QUEUES},
        )


def _count(connection: Connection, table: type[Schema], *wanted: ColumnElement[bool] | TextClause) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*wanted)).scalar_one()


def _by_state(connection: Connection) -> dict[str, int]:
    found = dict(connection.execute(select(Listings.state, func.count()).group_by(Listings.state)).tuples().all())
    return {state: found.get(state, 0) for state in ListingState}


def _set_aside(connection: Connection) -> dict[str, int]:
    query = select(Photos.reason, func.count()).where(SET_ASIDE).group_by(Photos.reason)
    return {reason or NOT_NOTED: count for reason, count in connection.execute(query)}


def _published(connection: Connection) -> dict[str, int]:
    query = (
        select(Publications.publisher, func.count())
        .where(Publications.state == PublicationState.PUBLISHED)
        .group_by(Publications.publisher)
    )
    return dict(connection.execute(query).tuples().all())


def _oldest_due(connection: Connection, name: str, now: datetime) -> float:
    table, state = QUEUES[name]
    query = select(table.due_at).where(table.state == state, table.due_at.is_not(None))
    oldest = connection.execute(query.order_by(table.due_at).limit(1)).scalar_one_or_none()
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
