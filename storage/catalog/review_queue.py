"""The review queue over all sellers, the oldest first."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from models.listing import ListingKey
from models.state import ListingState
from storage.catalog.connection import Catalog
from storage.catalog.schema import Listings, Results, Reviews


class Place(NamedTuple):
    """A place in the queue."""

    waits_since: datetime
    number: int
    """The listing's in the catalog: of those that have waited as long, the lower comes first."""


class Queued(NamedTuple):
    """A listing in the queue."""

    place: Place
    key: ListingKey
    version: int


# What has been sent back waits for its seller, and not for a reviewer.
LAST_DECIDED = (
    select(func.coalesce(func.max(Reviews.stands_for), 0))
    .where(Reviews.listing_id == Listings.id)
    .correlate(Listings)
    .scalar_subquery()
)
UNDECIDED = and_(Listings.state == ListingState.WAITING, Listings.version > LAST_DECIDED)


def read_queue(catalog: Catalog, *, after: Place | None = None, limit: int) -> tuple[Queued, ...]:
    """Return listings that wait for a decision, from a place on, or from the beginning. Raises CatalogError."""
    query = (
        select(Results.finished_at, Listings.id, Listings.seller, Listings.listing, Listings.version)
        .join(Results, and_(Results.listing_id == Listings.id, Results.version == Listings.version))
        .where(UNDECIDED)
        .order_by(Results.finished_at, Listings.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(
            or_(
                Results.finished_at > after.waits_since,
                and_(Results.finished_at == after.waits_since, Listings.id > after.number),
            )
        )
    with catalog.read() as connection:
        return tuple(
            Queued(Place(row.finished_at, row.id), ListingKey(seller=row.seller, listing=row.listing), row.version)
            for row in connection.execute(query)
        )


def count_queue(catalog: Catalog) -> int:
    """Return how many listings wait for a decision. Raises CatalogError."""
    with catalog.read() as connection:
        return connection.execute(select(func.count()).select_from(Listings).where(UNDECIDED)).scalar_one()
