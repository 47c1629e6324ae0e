"""Transactions on the catalog's database."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

BUSY_SECONDS = 30
"""How long a write waits for another process's write before it gives up."""
WRITES = "etalase_writes"


class CatalogError(Exception):
    """The catalog's database did not do what it was asked; trying again later may help."""


class Catalog:
    """An open catalog, to be handed to the functions beside this file; made by :func:`open_catalog`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a transaction that sees one state of the catalog and changes nothing. Raises CatalogError."""
        with _begin(self._engine, writes=False) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a transaction that is kept whole, or not at all if its block raises. Raises CatalogError."""
        with _begin(self._engine, writes=True) as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database's connections."""
        self._engine.dispose()


def connect_to(url: URL) -> Engine:
    """Return an engine that has the database behave as the catalog needs it; nothing is connected yet."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})


@contextmanager
def _begin(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    try:
        with engine.connect().execution_options(**{WRITES: writes}) as connection, connection.begin():
            yield connection
    except SQLAlchemyError as error:
        raise CatalogError(f"{engine.url.render_as_string(hide_password=True)}: {error}") from error


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    # The driver begins transactions of its own accord, too late and never IMMEDIATE; None has it leave that to us.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would find out too late that another one has written.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
