"""A listing that is taken down by itself, as a run does that finds its folder empty."""

from sqlalchemy import select, update

from models.listing import ListingKey
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.connection import Catalog
from storage.catalog.outbox import publishing_state, withdraw
from storage.catalog.schema import Listings


def withdraw_listing(catalog: Catalog, key: ListingKey) -> ListingState:
    """Have a listing taken down wherever it is or may be published; return its state then.

    Raises LookupError for a listing that is not known, CatalogError.
    """
    with catalog.write() as connection:
        row = connection.execute(
            select(Listings.id, Listings.version, Listings.state)
            .where(Listings.folder == folder_of(key))
            .with_for_update()
        ).first()
        if row is None:
            raise LookupError(f"there is no listing {key}")
        withdraw(connection, row.id, key, row.version)
        state = publishing_state(connection, row.id, row.version)
        if state is None or row.state in {ListingState.DUE, ListingState.LEASED}:
            return ListingState(row.state)
        connection.execute(update(Listings).where(Listings.id == row.id).values(state=state, error=None))
    return state
