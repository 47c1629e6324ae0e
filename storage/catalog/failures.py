"""Lists listings that could not be processed, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, TextClause, select

from models.listing import ListingKey
from models.state import ListingState
from storage.catalog.connection import Catalog
from storage.catalog.schema import POSTPONED, Listings


@dataclass(frozen=True, slots=True)
class Failure:
    """A listing and what went wrong with it last."""

    key: ListingKey
    attempts: int
    error: str
    """For engineers."""
    due_at: datetime | None
    """When it is tried again; ``None`` where it is not."""


def given_up_listings(catalog: Catalog, *, limit: int) -> tuple[Failure, ...]:
    """Return those that were given up; what failed to be published is a dead letter. Raises CatalogError."""
    return _read(catalog, Listings.state == ListingState.FAILED, Listings.attempts > 0, limit=limit)


def postponed_listings(catalog: Catalog, *, limit: int) -> tuple[Failure, ...]:
    """Return those that are to be tried again. Raises CatalogError."""
    return _read(catalog, POSTPONED, limit=limit)


def _read(catalog: Catalog, *wanted: ColumnElement[bool] | TextClause, limit: int) -> tuple[Failure, ...]:
    query = (
        select(Listings.seller, Listings.listing, Listings.attempts, Listings.error, Listings.due_at)
        .where(*wanted)
        .order_by(Listings.due_at.desc(), Listings.id.desc())
        .limit(limit)
    )
    with catalog.read() as connection:
        return tuple(
            Failure(ListingKey(seller=row.seller, listing=row.listing), row.attempts, row.error or "", row.due_at)
            for row in connection.execute(query)
        )
