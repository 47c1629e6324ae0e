"""Tells when the next listing falls due, for a run that would rather wait than end."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from models.listing import ListingKey
from models.state import ListingState
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.lease_rules import takeable
from storage.catalog.schema import Listings


def seconds_until_due(catalog: Catalog, *, seller: str | None = None, prefix: str = "") -> float | None:
    """Return how long it is until the next listing that nobody holds falls due; ``None`` when there is none.

    0 means that one is due now. ``seller``, and ``prefix`` of the listing's own name, narrow it down. Raises
    CatalogError.
    """
    query = select(func.min(Listings.due_at)).where(Listings.state == ListingState.DUE)
    if seller is not None:
        query = query.where(Listings.seller == seller)
    if prefix:
        query = query.where(_begins_with(prefix))
    with catalog.read() as connection:
        next_due = connection.execute(query).scalar_one()
        if next_due is None:
            return None
        return max(0.0, (next_due - read_clock(connection)).total_seconds())


def seconds_overdue(catalog: Catalog) -> float:
    """Return for how long the oldest listing that is due could have been taken; 0 when there is none.

    One whose holder is gone could be so since its lease ran out. Raises CatalogError.
    """
    with catalog.read() as connection:
        now = read_clock(connection)
        oldest = connection.execute(
            select(Listings.due_at, Listings.expires_at)
            .where(takeable(Listings, connection, now))
            .order_by(Listings.due_at)
            .limit(1)
        ).first()
        if oldest is None:
            return 0.0
        free_since: datetime = max(moment for moment in oldest if moment is not None)
        return (now - free_since).total_seconds()


def held_listings(catalog: Catalog, *, seller: str, prefix: str = "") -> tuple[ListingKey, ...]:
    """Return a seller's listings that somebody is processing at this moment. Raises CatalogError."""
    query = select(Listings.listing).where(Listings.state == ListingState.LEASED, Listings.seller == seller)
    if prefix:
        query = query.where(_begins_with(prefix))
    with catalog.read() as connection:
        found = connection.scalars(query.order_by(Listings.folder)).all()
    return tuple(ListingKey(seller=seller, listing=listing) for listing in found)


def _begins_with(prefix: str) -> ColumnElement[bool]:
    # LIKE would take small letters for capitals on SQLite, and % for anything at all.
    return func.substr(Listings.listing, 1, len(prefix)) == prefix
