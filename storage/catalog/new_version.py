"""Gives a listing its next version when a person changes it: due at once, and in the audit."""

from typing import NamedTuple

from sqlalchemy import Connection, select, update

from models.audit import Act
from models.listing import ListingKey
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.forgotten import welcome_sellers
from storage.catalog.schema import Listings


class LockedRow(NamedTuple):
    """The listing, locked until the transaction ends."""

    id: int
    version: int
    holder: str | None


def lock_listing(connection: Connection, key: ListingKey) -> LockedRow:
    """Lock the listing, and keep its seller from being forgotten meanwhile.

    Raises LookupError for one that is not known, has no file any more or is just being forgotten.
    """
    welcome = welcome_sellers(connection, [key.seller], keep=True)
    row = connection.execute(
        select(Listings.id, Listings.version, Listings.holder)
        .where(Listings.folder == folder_of(key), Listings.fingerprint != "")
        .with_for_update()
    ).first()
    if row is None or not welcome:
        raise LookupError(f"there is no listing {key}")
    return LockedRow(*row)


def create_version(connection: Connection, row: LockedRow, key: ListingKey, act: Act, by: str, about: str) -> int:
    """Give a listing its next version, as a photo does that arrives, and return it."""
    version = row.version + 1
    connection.execute(
        update(Listings)
        .where(Listings.id == row.id)
        .values(
            version=version,
            # Who holds it finishes in the version that was taken, and it is due again afterwards.
            state=ListingState.LEASED if row.holder else ListingState.DUE,
            due_at=read_clock(connection),
            attempts=0,
            error=None,
        )
    )
    record(connection, act, by=by, key=key, detail={"version": version, "about": about})
    return version
