"""Tells whether a listing is still to be processed."""

from sqlalchemy import select

from models.listing import ListingKey
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.connection import Catalog
from storage.catalog.schema import Listings


def is_pending(catalog: Catalog, key: ListingKey) -> bool:
    """Return whether a listing is due, or somebody is processing it; False where nobody knows it.

    Raises CatalogError.
    """
    with catalog.read() as connection:
        state = connection.execute(select(Listings.state).where(Listings.folder == folder_of(key))).scalar()
    return state in {ListingState.DUE, ListingState.LEASED}
