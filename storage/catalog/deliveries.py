"""Queued events: which listings they are about, and how they end."""

from datetime import timedelta

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete, func, select, true, update

from models.event import DeliveryLease, Event, PhotosUploaded
from models.listing import ListingKey
from storage.catalog.arrivals import COMPLETE_NOTE
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.lease_rules import FREE, unheld
from storage.catalog.schema import Deliveries
from storage.catalog.states import DeliveryState

EVENT: TypeAdapter[Event] = TypeAdapter(Event)

KEPT = timedelta(days=30)
"""How long a finished delivery is remembered: longer than any sender repeats one."""


def queued_listings(
    catalog: Catalog, *, kind: str | None = None, seller: str | None = None, prefix: str = ""
) -> tuple[ListingKey, ...]:
    """Return the listings that events are queued about, the longest queued first. Raises CatalogError.

    ``kind`` of the events, ``seller``, and ``prefix`` of the listing's own name, narrow them down.
    """
    query = (
        select(Deliveries.seller, Deliveries.listing)
        .where(Deliveries.state == DeliveryState.QUEUED, _about(seller, prefix))
        .where(true() if kind is None else Deliveries.kind == kind)
        .group_by(Deliveries.seller, Deliveries.listing)
        .order_by(func.min(Deliveries.id))
    )
    with catalog.read() as connection:
        return tuple(ListingKey(seller=row.seller, listing=row.listing) for row in connection.execute(query))


def files_of_newer_events(catalog: Catalog, lease: DeliveryLease) -> frozenset[str]:
    """Return the files of newer events about the same listing, which an older one must not overwrite.

    A photo is among them once it has arrived: its link may be dead. Words come with the event itself. Raises
    CatalogError.
    """
    query = select(Deliveries.event, Deliveries.state).where(
        Deliveries.subject == lease.event.subject,
        Deliveries.kind == lease.event.kind,
        Deliveries.position > lease.event.position,
    )
    with catalog.read() as connection:
        newer = [(EVENT.validate_json(row.event), row.state) for row in connection.execute(query)]
    files = set()
    for event, state in newer:
        if isinstance(event, PhotosUploaded):
            files |= {photo.file for photo in event.photos if photo.arrived or state == DeliveryState.DONE}
            files |= {COMPLETE_NOTE} if event.note is not None else set()
    return frozenset(files)


def newest_delivery(catalog: Catalog) -> int:
    """Return the number of the last event that was queued; 0 before the first. Raises CatalogError."""
    with catalog.read() as connection:
        return connection.execute(select(func.coalesce(func.max(Deliveries.id), 0))).scalar_one()


def finish_looked_at(catalog: Catalog, *, until: int, seller: str | None = None, prefix: str = "") -> None:
    """End the object store's events up to number ``until``: a look at the store has seen what they told.

    For the run that works on what was seen; ``seller``, and ``prefix`` of the listing's own name, say on what it
    does. Those that somebody works on are left to them. Raises CatalogError.
    """
    with catalog.write() as connection:
        now = read_clock(connection)
        seen = update(Deliveries).where(
            Deliveries.state == DeliveryState.QUEUED,
            Deliveries.kind == "object_changed",
            Deliveries.id <= until,
            _about(seller, prefix),
            unheld(Deliveries, connection, now),
        )
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


def _about(seller: str | None, prefix: str) -> ColumnElement[bool]:
    of_seller = true() if seller is None else Deliveries.seller == seller
    return and_(of_seller, func.substr(Deliveries.listing, 1, len(prefix)) == prefix) if prefix else of_seller
