"""Upload links for a seller's phone: made, opened, withdrawn."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, func, insert, select

from models.audit import Act
from models.listing import ListingKey
from models.upload import UploadLink
from storage.catalog.arrival_schema import UploadLinks, Uploads
from storage.catalog.arrivals import folder_of
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import welcome_sellers
from storage.catalog.schema import Listings

VALID = timedelta(hours=2)
"""As long as a class lasts."""
MOST_PRODUCTS = 20
"""That may be begun by one link."""
TOKEN_BYTES = 16
"""128 bits cannot be guessed, and are still a QR code that a cheap camera reads."""


def make_link(catalog: Catalog, key: ListingKey, *, by: str) -> tuple[UploadLink, str]:
    """Return a new link for a listing, and the token that opens it.

    The token is told this once, and kept nowhere. What has expired of the seller's is removed. Raises LookupError
    for a seller whom nobody knows, or who is just being forgotten; CatalogError.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with catalog.write() as connection:
        if not welcome_sellers(connection, [key.seller], keep=True):
            raise LookupError(f"there is no seller {key.seller}")
        now = read_clock(connection)
        old = delete(UploadLinks).where(UploadLinks.seller == key.seller, UploadLinks.expires_at < now)
        connection.execute(old)
        hers = {"token_hash": _hash(token), "seller": key.seller, "listing": key.listing}
        made = insert(UploadLinks).values(**hers, made_by=by, expires_at=now + VALID)
        number = connection.execute(made.returning(UploadLinks.id)).scalar_one()
        record(connection, Act.UPLOAD_LINK_MADE, by=by, key=key, detail={"link": number})
    return UploadLink(id=number, key=key, made_by=by, expires_at=now + VALID), token


def link_of(catalog: Catalog, token: str) -> UploadLink | None:
    """Return the link that a token opens; ``None`` where it is unknown, withdrawn or expired.

    Raises CatalogError.
    """
    with catalog.read() as connection:
        query = select(UploadLinks).where(UploadLinks.token_hash == _hash(token))
        row = connection.execute(query.where(UploadLinks.expires_at > read_clock(connection))).first()
        if row is None or not welcome_sellers(connection, [row.seller]):
            return None
    key = ListingKey(seller=row.seller, listing=row.listing)
    return UploadLink(id=row.id, key=key, made_by=row.made_by, expires_at=row.expires_at)


def products_of_link(catalog: Catalog, link: UploadLink) -> tuple[str, ...]:
    """Return the listings that a link may send to: its own, and then those that were begun by it, by their names.

    Raises CatalogError.
    """
    begun = select(Uploads.listing).where(Uploads.seller == link.key.seller, Uploads.sender == link.sender)
    with catalog.read() as connection:
        names = set(connection.scalars(begun.distinct()))
    others = (name for name in sorted(names) if name != link.key.listing and is_open_to(catalog, link, name))
    return (link.key.listing, *others)


def is_open_to(catalog: Catalog, link: UploadLink, listing: str) -> bool:
    """Return whether a link may send photos of a listing: its own, one that it began, or one that nobody has.

    One that anybody else has begun is shut, so that who finds a code on a table changes nothing that was there. To
    what it began it stays open, whoever helps with it later. Raises CatalogError.
    """
    if listing == link.key.listing:
        return True
    of_seller, by_link = Uploads.seller == link.key.seller, Uploads.sender == link.sender
    folder = folder_of(ListingKey(seller=link.key.seller, listing=listing))
    with catalog.read() as connection:
        senders = select(Uploads.sender).where(of_seller, Uploads.listing == listing)
        first = connection.scalars(senders.order_by(Uploads.ordinal).limit(1)).first()
        if first is not None:
            return first == link.sender
        begun = select(func.count(Uploads.listing.distinct())).where(of_seller, by_link)
        there = connection.execute(select(Listings.id).where(Listings.folder == folder)).first()
        return there is None and connection.execute(begun).scalar_one() < MOST_PRODUCTS


def withdraw_links(catalog: Catalog, seller: str, *, by: str) -> int:
    """End all of a seller's links at once; return how many there were. Raises CatalogError."""
    with catalog.write() as connection:
        gone = connection.execute(delete(UploadLinks).where(UploadLinks.seller == seller)).rowcount
        if gone:
            record(connection, Act.UPLOAD_LINKS_WITHDRAWN, by=by, seller=seller, detail={"links": gone})
    return gone


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
