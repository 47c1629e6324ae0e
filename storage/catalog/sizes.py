"""How large the catalog is, as far as that is known without reading all of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from storage.catalog.connection import Catalog
from storage.catalog.schema import Listings, Photos, Schema, Sellers

COUNTED: dict[str, type[Schema]] = {"sellers": Sellers, "listings": Listings, "photos": Photos}
SAMPLE = 1000
"""Listings, the newest, whose photos' sizes are averaged."""


@dataclass(frozen=True, slots=True)
class CatalogSizes:
    """The catalog's size."""

    rows: Mapping[str, int | None]
    """By table; ``None`` where the database has not estimated it yet."""
    estimated: bool
    """True where the database's own estimate is told, which is as old as its last look."""
    bytes: int
    """Of the database, with indexes."""
    photo_bytes: int | None
    """The mean of a photo as it was sent, over the newest listings; ``None`` without any."""
    revision: str
    """The schema's revision that it is at."""


def read_sizes(catalog: Catalog) -> CatalogSizes:
    """Return the sizes. SQLite counts, which takes as long as there are rows; PostgreSQL estimates, at once.

    Raises CatalogError.
    """
    with catalog.read() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        return CatalogSizes(
            rows=_counted(connection) if on_sqlite else _estimated(connection),
            estimated=not on_sqlite,
            bytes=_pages(connection) if on_sqlite else _database(connection),
            photo_bytes=_mean_photo(connection),
            revision=connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one(),
        )


def _counted(connection: Connection) -> dict[str, int | None]:
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in COUNTED.items()
    }


def _estimated(connection: Connection) -> dict[str, int | None]:
    query = text("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(:name)")
    found = {name: connection.execute(query, {"name": name}).scalar_one() for name in COUNTED}
    return {name: None if rows < 0 else rows for name, rows in found.items()}


def _pages(connection: Connection) -> int:
    pages, size = (connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("page_count", "page_size"))
    return int(pages * size)


def _database(connection: Connection) -> int:
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def _mean_photo(connection: Connection) -> int | None:
    # Asked for by itself: a planner that does not know the number reads all photos.
    newest = connection.execute(select(func.max(Listings.id))).scalar_one() or 0
    query = select(func.avg(Photos.size)).where(Photos.listing_id > newest - SAMPLE)
    mean = connection.execute(query).scalar_one()
    return None if mean is None else round(mean)
