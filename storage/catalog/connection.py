"""Transactions on the catalog's database."""

import math
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, ExecutionContext, create_engine, event
from sqlalchemy.exc import DataError, DisconnectionError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

if TYPE_CHECKING:
    import psycopg

BUSY_SECONDS = 30
"""How long a write waits for another process's write before it gives up."""
IDLE_SECONDS = 60
"""How long PostgreSQL waits for a worker in the middle of a transaction: one that is frozen, or cut off from the
network, must not keep others from the rows that it has locked. SQLite cannot tell, and has no worker elsewhere."""
SURELY_OPEN_SECONDS = 1.0
"""A connection that was used so lately is not asked first whether it still stands: asking costs as much as a small
transaction. Should it break just then, the transaction fails as it would in its midst, and is tried again."""
CONNECTIONS = 5
"""At most, of each process: a PostgreSQL as it is installed lets in a hundred, for all workers together."""
WRITES, USED = "etalase_writes", "etalase_used"


class CatalogError(Exception):
    """The catalog's database did not do what it was asked; trying again later may help."""


class RowRefused(CatalogError):
    """The database refused a row, which breaks one of its rules: the same again is refused again."""


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
    """Return an engine that has the database behave as the catalog needs it; nothing is connected yet.

    What a statement was given (people's words, hashes of passwords) is in no error's text, and so in no log.
    """
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        url, hide_parameters=True, pool_size=CONNECTIONS, max_overflow=0, connect_args={"connect_timeout": 10}
    )
    # Rows of an insert go in one statement; what else is for many rows, one by one.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _see_that_it_stands)
    event.listen(engine, "do_executemany", _execute_one_by_one)
    return engine


@contextmanager
def _begin(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    try:
        with engine.connect().execution_options(**{WRITES: writes}) as connection, connection.begin():
            yield connection
    except SQLAlchemyError as error:
        refused = isinstance(error, IntegrityError | DataError)
        kind = RowRefused if refused else CatalogError
        raise kind(f"{engine.url.render_as_string(hide_password=True)}: {error}") from error


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    # The driver begins transactions of its own accord, too late and never IMMEDIATE; None has it leave that to us.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _prepare_postgresql(connection: "psycopg.Connection", record: object) -> None:
    # Not among the options of connecting, which poolers in front of a database refuse.
    connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'")
    connection.commit()


def _execute_one_by_one(
    cursor: "psycopg.Cursor", statement: str, rows: Sequence[Mapping[str, object]], context: ExecutionContext
) -> bool:
    """Execute a statement for each row, and say that this is done."""
    # The driver would send them in a pipeline. A worker that is frozen in the midst of one counts as active:
    # PostgreSQL would wait for it without end, and all others for the rows that it has locked.
    for row in rows:
        cursor.execute(statement, row)
    return True


def _note_use(connection: "psycopg.Connection | None", record: ConnectionPoolEntry) -> None:
    record.info[USED] = time.monotonic()


def _see_that_it_stands(
    connection: "psycopg.Connection", record: ConnectionPoolEntry, proxy: PoolProxiedConnection
) -> None:
    """Have the pool open another connection in place of one that the server has let go of meanwhile."""
    if time.monotonic() - record.info.get(USED, math.inf) < SURELY_OPEN_SECONDS:
        return
    # Loaded by now; whose catalog is SQLite need not wait for it.
    import psycopg  # noqa: PLC0415 - see above

    try:
        connection.execute("")
        connection.rollback()
    except psycopg.Error as gone:
        raise DisconnectionError from gone


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would find out too late that another one has written.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
