"""Links that a seller's phone sends photos by: made, opened, withdrawn."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, insert, select

from models.audit import Act
from models.upload import UploadLink
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import welcome_sellers
from storage.catalog.schema import UploadLinks

VALID = timedelta(hours=2)
"""As long as a class lasts."""
TOKEN_BYTES = 16
"""128 bits cannot be guessed, and are still a QR code that a cheap camera reads."""


def make_link(catalog: Catalog, seller: str, listing: str, *, by: str) -> tuple[UploadLink, str]:
    """Return a new link for a seller, ``listing`` empty for any of hers, and the token that opens it.

    The token is told this once, and kept nowhere. What has expired of hers is removed. Raises LookupError for a
    seller whom nobody knows, or who is just being forgotten; CatalogError.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with catalog.write() as connection:
        if not welcome_sellers(connection, [seller], keep=True):
            raise LookupError(f"there is no seller {seller}")
        now = read_clock(connection)
        connection.execute(delete(UploadLinks).where(UploadLinks.seller == seller, UploadLinks.expires_at < now))
        made = {"seller": seller, "listing": listing, "made_by": by, "expires_at": now + VALID}
        new = insert(UploadLinks).values(token_hash=_hash(token), **made).returning(UploadLinks.id)
        number = connection.execute(new).scalar_one()
        record(connection, Act.UPLOAD_LINK_MADE, by=by, seller=seller, detail={"link": number})
    return UploadLink.model_validate({"id": number, **made}), token


def link_of(catalog: Catalog, token: str) -> UploadLink | None:
    """Return the link that a token opens; ``None`` where it is unknown, withdrawn or expired.

    Raises CatalogError.
    """
    with catalog.read() as connection:
        query = select(UploadLinks).where(UploadLinks.token_hash == _hash(token))
        row = connection.execute(query.where(UploadLinks.expires_at > read_clock(connection))).first()
        if row is None or not welcome_sellers(connection, [row.seller]):
            return None
    return UploadLink(
        id=row.id, seller=row.seller, listing=row.listing, made_by=row.made_by, expires_at=row.expires_at
    )


def withdraw_links(catalog: Catalog, seller: str, *, by: str) -> int:
    """End all of a seller's links at once; return how many there were. Raises CatalogError."""
    with catalog.write() as connection:
        gone = connection.execute(delete(UploadLinks).where(UploadLinks.seller == seller)).rowcount
        if gone:
            record(connection, Act.UPLOAD_LINKS_WITHDRAWN, by=by, seller=seller, detail={"links": gone})
    return gone


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
