"""When the next listing falls due, for a run that would rather wait than end."""

from sqlalchemy import func, select

from models.state import ListingState
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.schema import Listings


def seconds_until_due(catalog: Catalog, *, seller: str | None = None) -> float | None:
    """Return how long it is until the next listing that nobody holds falls due; ``None`` when there is none.

    0 means that one is due now. Raises CatalogError.
    """
    query = select(func.min(Listings.due_at)).where(Listings.state == ListingState.DUE)
    if seller is not None:
        query = query.where(Listings.seller == seller)
    with catalog.read() as connection:
        next_due = connection.execute(query).scalar_one()
        if next_due is None:
            return None
        return max(0.0, (next_due - read_clock(connection)).total_seconds())
