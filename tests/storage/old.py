"""Catalogs as an older program has left them."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from sqlalchemy import Connection, create_engine

from storage.catalog.migrating import migrations


@contextmanager
def catalog_at(url: str, revision: str) -> Iterator[Connection]:
    """Make a catalog with the tables of a revision, and give a transaction that fills it."""
    engine = create_engine(url)
    with engine.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        yield connection
    engine.dispose()
