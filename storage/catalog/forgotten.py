"""What is remembered of forgotten sellers, without saying who they were."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from storage.catalog.connection import Catalog
from storage.catalog.schema import Forgettings, Sellers

# Made once: it is asked for with every event that comes in.
HIGHEST = select(func.coalesce(func.max(Forgettings.highest), 0))


def count_forgotten(catalog: Catalog) -> int:
    """Return how many sellers have been forgotten so far. Raises CatalogError."""
    with catalog.read() as connection:
        return forgotten_so_far(connection)


def forgotten_so_far(connection: Connection) -> int:
    """Return how many sellers have been forgotten so far."""
    return connection.execute(select(func.count(Forgettings.finished_at))).scalar_one()


def last_number(connection: Connection) -> int:
    """Return the highest fencing token, or turn of a publication, of anything that was forgotten.

    What is new begins after it, so that nobody who slept through a forgetting takes the new for the old.
    """
    return connection.execute(HIGHEST).scalar_one()


def knows(catalog: Catalog, seller: str) -> bool:
    """Return whether a seller is known, even if only to be forgotten. Raises CatalogError."""
    with catalog.read() as connection:
        return connection.execute(select(Sellers.name).where(Sellers.name == seller)).first() is not None


def is_welcome(catalog: Catalog, seller: str) -> bool:
    """Return whether a seller is known, and not just being forgotten. Raises CatalogError."""
    with catalog.read() as connection:
        return bool(welcome_sellers(connection, [seller]))


def welcome_sellers(connection: Connection, sellers: Collection[str], *, keep: bool = False) -> set[str]:
    """Return those of the sellers who are known, and not just being forgotten.

    With ``keep`` they stay so until the transaction ends.
    """
    query = select(Sellers.name).where(Sellers.name.in_(sellers), Sellers.forgetting.is_(None))
    if keep:
        query = query.order_by(Sellers.name).with_for_update(read=True)
    return set(connection.scalars(query))
