"""Has listings processed again that were given up, or have a photo that a fault of ours set aside."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, func, or_, select

from models.audit import Act
from models.listing import ListingKey
from models.rejection import OUR_FAULT
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.connection import Catalog
from storage.catalog.new_version import create_version, lock_listing
from storage.catalog.schema import SET_ASIDE, Listings, Photos

PAGE = 500
WITH_OUR_FAULT = select(Photos.listing_id).where(SET_ASIDE, Photos.reason.in_(sorted(OUR_FAULT)))
GIVEN_UP = and_(Listings.state == ListingState.FAILED, Listings.attempts > 0)
AT_WORK = (ListingState.DUE, ListingState.LEASED)


def retry_listings(catalog: Catalog, key: ListingKey | None = None, *, by: str) -> int:
    """Have one listing processed again that waits for another try, or all of them; return how many there are.

    Each is due at once in a new version, so that what was made of its other photos is taken over. Raises
    CatalogError.
    """
    keys = _waiting(catalog) if key is None else iter([key])
    return sum(_retry(catalog, each, by) for each in keys)


def listings_with_our_fault(catalog: Catalog, *, limit: int) -> tuple[tuple[ListingKey, int], ...]:
    """Return listings with photos that a fault of ours set aside, and how many of each; ``limit`` at most.

    Raises CatalogError.
    """
    photos = WITH_OUR_FAULT.add_columns(func.count().label("photos")).group_by(Photos.listing_id).subquery()
    query = (
        select(Listings.seller, Listings.listing, photos.c.photos)
        .join(photos, photos.c.listing_id == Listings.id)
        .where(Listings.state.not_in(AT_WORK), ~GIVEN_UP)
        .order_by(Listings.folder)
        .limit(limit)
    )
    with catalog.read() as connection:
        return tuple(
            (ListingKey(seller=row.seller, listing=row.listing), row.photos) for row in connection.execute(query)
        )


def _waits_for_a_try() -> ColumnElement[bool]:
    return or_(GIVEN_UP, and_(Listings.state.not_in(AT_WORK), Listings.id.in_(WITH_OUR_FAULT)))


def _waiting(catalog: Catalog) -> Iterator[ListingKey]:
    """Yield them in the order of the object store's keys; no transaction is open in between."""
    query = select(Listings.folder, Listings.seller, Listings.listing).where(_waits_for_a_try())
    after = ""
    while True:
        with catalog.read() as connection:
            found = query.where(Listings.folder > after).order_by(Listings.folder).limit(PAGE)
            page = connection.execute(found).all()
        for row in page:
            yield ListingKey(seller=row.seller, listing=row.listing)
        if len(page) < PAGE:
            return
        after = page[-1].folder


def _retry(catalog: Catalog, key: ListingKey, by: str) -> int:
    with catalog.write() as connection:
        try:
            row = lock_listing(connection, key)
        except LookupError:
            return 0
        why = select(GIVEN_UP).where(Listings.folder == folder_of(key), _waits_for_a_try())
        given_up = connection.execute(why).scalar_one_or_none()
        if given_up is None:
            return 0
        about = "given_up" if given_up else "our_fault"
        create_version(connection, row, key, Act.LISTING_RETRIED, by, about)
    return 1
