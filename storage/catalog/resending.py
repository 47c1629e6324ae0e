"""Sends a publication once more where an older one may have overwritten it at the receiver."""

from sqlalchemy import select, update

from models.publication import Publication
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.outbox import publishing_state
from storage.catalog.schema import Listings, Publications
from storage.catalog.states import PublicationState


def send_newest_again(catalog: Catalog, late: Publication) -> bool:
    """Have what a publisher last received of a listing be sent again, unless that is ``late`` itself.

    It keeps its idempotency key. Returns whether there is such a one. Raises CatalogError.
    """
    with catalog.write() as connection:
        listing = connection.execute(
            select(Listings.id, Listings.version, Listings.state)
            .where(Listings.folder == folder_of(late.key))
            .with_for_update()
        ).first()
        if listing is None:
            return False
        newest = connection.execute(
            select(Publications.id, Publications.idempotency_key, Publications.state)
            .where(Publications.listing_id == listing.id, Publications.publisher == late.publisher)
            .where(Publications.state != PublicationState.SUPERSEDED)
            .order_by(Publications.id.desc())
            .limit(1)
            .with_for_update()
        ).first()
        # What is under way comes after the late one by itself; what failed waits for a person.
        if newest is None or newest.state != PublicationState.PUBLISHED:
            return False
        if newest.idempotency_key == late.idempotency_key:
            return False
        connection.execute(
            update(Publications)
            .where(Publications.id == newest.id)
            .values(state=PublicationState.PENDING, due_at=read_clock(connection))
        )
        state = publishing_state(connection, listing.id, listing.version)
        if state is not None and listing.state not in {ListingState.DUE, ListingState.LEASED}:
            connection.execute(update(Listings).where(Listings.id == listing.id).values(state=state))
    return True
