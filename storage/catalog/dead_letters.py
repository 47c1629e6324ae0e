"""Dead letters: publications that failed for good, listed and sent again on a person's word."""

from sqlalchemy import ColumnElement, select, update

from models.audit import Act, Detail
from models.listing import ListingKey
from models.publication import DeadLetter, Publication
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.outbox import publishing_state
from storage.catalog.publication_leases import newer_exists
from storage.catalog.schema import Listings, Publications
from storage.catalog.states import PublicationState


def dead_letters(catalog: Catalog, *, limit: int | None = None) -> tuple[DeadLetter, ...]:
    """Return the publications that were given up, ``limit`` at most, in the order of the object store's keys.

    Raises CatalogError.
    """
    query = (
        select(Publications.publication, Publications.attempts, Publications.error)
        .join(Listings, Listings.id == Publications.listing_id)
        .where(given_up())
        .order_by(Listings.folder, Publications.publisher)
        .limit(limit)
    )
    with catalog.read() as connection:
        return tuple(
            DeadLetter(
                publication=Publication.model_validate_json(row.publication),
                attempts=row.attempts,
                error=row.error,
            )
            for row in connection.execute(query)
        )


def retry_dead_letters(catalog: Catalog, key: ListingKey | None = None, *, by: str) -> int:
    """Have what was given up be sent again from now on, one listing's or everything; return how many there are.

    Each keeps its idempotency key: what the receiver has already, it takes no second time. Raises CatalogError.
    """
    with catalog.write() as connection:
        wanted = (
            select(Listings.id, Listings.seller, Listings.listing, Listings.version, Listings.state)
            .order_by(Listings.folder)
            .with_for_update()
        )
        if key is not None:
            wanted = wanted.where(Listings.folder == folder_of(key))
        else:
            wanted = wanted.where(Listings.id.in_(select(Publications.listing_id).where(given_up())))
        retried = 0
        for row in connection.execute(wanted).all():
            again = connection.execute(
                update(Publications)
                .where(Publications.listing_id == row.id, given_up())
                .values(state=PublicationState.PENDING, due_at=read_clock(connection), attempts=0, error=None)
            )
            if not again.rowcount:
                continue
            retried += again.rowcount
            known_as = ListingKey(seller=row.seller, listing=row.listing)
            detail: Detail = {"publications": again.rowcount}
            record(connection, Act.PUBLICATIONS_RETRIED, by=by, key=known_as, detail=detail)
            state = publishing_state(connection, row.id, row.version)
            if state and row.state not in {ListingState.DUE, ListingState.LEASED}:
                values = {"state": state, "error": None}
                connection.execute(update(Listings).where(Listings.id == row.id).values(**values))
    return retried


def given_up() -> ColumnElement[bool]:
    """Return the condition of publications that were given up and that no newer one has outrun."""
    return (Publications.state == PublicationState.FAILED) & ~newer_exists()
