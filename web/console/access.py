"""Access to listings: each is looked up for a person who may see its seller, and is not found for others."""

from http import HTTPStatus

from fastapi import HTTPException

from models.listing import ListingKey
from models.person import Person
from models.seller import Seller
from storage.catalog.connection import Catalog
from storage.catalog.reading import ListingRow, find_listing
from web.console.seller_pages import seller_to_see


def listing_to_see(catalog: Catalog, person: Person, seller: str, listing: str) -> tuple[Seller, ListingRow]:
    """Return a listing and its seller.

    Raises HTTPException 404 where there is none, and where she is not to be seen, so that nothing is told;
    CatalogError.
    """
    known = seller_to_see(catalog, person, seller)
    row = find_listing(catalog, ListingKey(seller=seller, listing=listing))
    if row is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return known, row


def row_to_see(catalog: Catalog, person: Person, seller: str, listing: str) -> ListingRow:
    """Return a listing as :func:`listing_to_see` does, by itself."""
    return listing_to_see(catalog, person, seller, listing)[1]
