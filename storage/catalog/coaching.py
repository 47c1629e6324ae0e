"""Coaching links, by which an expert joins a listing's page: made, opened, and ended with all that was said."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select

from models.audit import Act
from models.coaching import CoachLink
from models.listing import ListingKey
from storage.catalog.arrivals import folder_of
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.edit_schema import CoachLinks, CoachWords
from storage.catalog.new_version import lock_listing
from storage.catalog.schema import Listings, Sellers
from storage.catalog.token_hash import hash_token

VALID = timedelta(hours=2)
"""As long as a class lasts."""
TOKEN_BYTES = 16
"""128 bits cannot be guessed, and are still read out on the telephone."""
OPEN: Select[Any] = (
    select(CoachLinks, Listings.seller, Listings.listing)
    .join(Listings, Listings.id == CoachLinks.listing_id)
    .join(Sellers, Sellers.name == Listings.seller)
    .where(Sellers.forgetting.is_(None))
)
"""Links whose sellers are not just being forgotten; those that have expired too."""


def invite_coach(
    catalog: Catalog, key: ListingKey, *, by: str, instead_of: int | None = None
) -> tuple[CoachLink, str] | None:
    """Return a new link for a listing, and the token that opens it; ``None`` where another one stands.

    The token is told this once, and kept nowhere. ``instead_of`` is the number of the link that it replaces, which
    ends with all that was said by it: so a page that is sent twice, or by two, ends nothing that nobody has seen.
    Raises LookupError for a listing that is not known, has no file any more or is just being forgotten;
    CatalogError.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with catalog.write() as connection:
        listing = lock_listing(connection, key)
        query = select(CoachLinks.id, CoachLinks.expires_at).where(CoachLinks.listing_id == listing.id)
        old, now = connection.execute(query.with_for_update()).first(), read_clock(connection)
        if old is not None:
            if old.expires_at > now and old.id != instead_of:
                return None
            _remove(connection, [old.id])
        made = {
            "token_hash": hash_token(token),
            "listing_id": listing.id,
            "made_by": by,
            "expires_at": now + VALID,
        }
        number = connection.execute(insert(CoachLinks).values(**made).returning(CoachLinks.id)).scalar_one()
        record(connection, Act.COACH_INVITED, by=by, key=key, detail={"link": number})
    return CoachLink(id=number, key=key, made_by=by, expires_at=now + VALID), token


def coach_link_of(catalog: Catalog, token: str) -> CoachLink | None:
    """Return the link that a token opens; ``None`` where it is unknown, withdrawn or expired.

    Raises CatalogError.
    """
    with catalog.read() as connection:
        return _find(connection, OPEN.where(CoachLinks.token_hash == hash_token(token)))


def standing_coach_link(catalog: Catalog, key: ListingKey) -> CoachLink | None:
    """Return the link that joins a listing's page now, if any. Raises CatalogError."""
    with catalog.read() as connection:
        return _find(connection, OPEN.where(Listings.folder == folder_of(key)))


def end_coaching(catalog: Catalog, link: CoachLink, *, by: str) -> None:
    """End a link and remove what was said by it; one that has ended already stays so. Raises CatalogError."""
    with catalog.write() as connection:
        query = select(CoachLinks.id).where(CoachLinks.id == link.id).with_for_update()
        if connection.execute(query).first() is not None:
            _remove(connection, [link.id])
            record(connection, Act.COACHING_ENDED, by=by, key=link.key, detail={"link": link.id})


def remove_ended_coaching(catalog: Catalog) -> int:
    """Remove links that have expired, with what was said by them; return how many there were.

    Raises CatalogError.
    """
    with catalog.write() as connection:
        query = select(CoachLinks.id).where(CoachLinks.expires_at <= read_clock(connection))
        ended = connection.scalars(query.order_by(CoachLinks.id).with_for_update()).all()
        _remove(connection, ended)
    return len(ended)


def _find(connection: Connection, query: Select[Any]) -> CoachLink | None:
    row = connection.execute(query.where(CoachLinks.expires_at > read_clock(connection))).first()
    return _link(row) if row is not None else None


def _link(row: Row[Any]) -> CoachLink:
    key = ListingKey(seller=row.seller, listing=row.listing)
    return CoachLink(id=row.id, key=key, made_by=row.made_by, expires_at=row.expires_at)


def _remove(connection: Connection, links: Sequence[int]) -> None:
    connection.execute(delete(CoachWords).where(CoachWords.link_id.in_(links)))
    connection.execute(delete(CoachLinks).where(CoachLinks.id.in_(links)))
