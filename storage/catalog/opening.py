"""Opens the catalog that a setting names, migrated to the newest schema."""

from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from storage.catalog.connection import Catalog, CatalogError, connect_to
from storage.catalog.revisions import has_newest_revision

RIGHT = (
    "write sqlite:///PATH (four slashes for an absolute one) or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"
)
DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql+psycopg"})


def open_catalog(url: str) -> Catalog:
    """Return the catalog at ``url``, made or brought up to date first where that is needed.

    Any number of processes may open the same one at once. Raises ValueError for a text that names no catalog,
    CatalogError where the database cannot be reached or was made by a newer version of this program.
    """
    address = _read_address(url)
    if address.get_backend_name() == "sqlite":
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = connect_to(address)
    _bring_up_to_date(engine)
    return Catalog(engine)


def _bring_up_to_date(engine: Engine) -> None:
    try:
        if has_newest_revision(engine):
            return
    except SQLAlchemyError as error:
        raise CatalogError(f"{engine.url.render_as_string(hide_password=True)}: {error}") from error
    # Alembic takes a fifth of a second, and is hardly ever needed.
    from storage.catalog.migrating import migrate  # noqa: PLC0415 - see above

    migrate(engine)


def _read_address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ValueError(f"this is no catalog's address: {RIGHT}") from error
    shown = address.render_as_string(hide_password=True)
    if address.drivername not in DRIVERS:
        raise ValueError(f"{shown!r} is no catalog that we know: {RIGHT}")
    if address.get_backend_name() == "sqlite" and address.database in {None, "", ":memory:"}:
        raise ValueError(f"{shown!r}: a catalog must outlive its process: {RIGHT}")
    return address
