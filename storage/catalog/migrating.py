"""Migrates a database to the newest schema, once, however many processes ask for it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from storage.catalog.connection import CatalogError
from storage.catalog.revisions import FOLDER

MIGRATION_LOCK = 0x6574616C617365
"""PostgreSQL's advisory locks are numbers; this one spells *etalase*."""


def migrate(engine: Engine) -> None:
    """Run the migrations that this database has not seen; those of one call are kept all together, or not at all.

    Raises CatalogError where the database cannot be reached or is ahead of this program.
    """
    place = engine.url.render_as_string(hide_password=True)
    config = migrations()
    try:
        with _alone(engine) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise CatalogError(f"{place}: {error}") from error
    except CommandError as error:
        raise CatalogError(f"{place}: was it made by a newer version of this program? {error}") from error


def migrations() -> Config:
    """Return where Alembic finds the revisions; there is no alembic.ini."""
    config = Config()
    # Not by the package's name: what comes first on sys.path may have a folder of that name, as Dask's workers
    # have, and Alembic would look for them there. A percent sign would begin a reference.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Give a transaction that no other process's migration overlaps."""
    if engine.url.get_backend_name() == "sqlite":
        with _folder_locked(Path(str(engine.url.database)).parent):
            _write_ahead(engine)
            with engine.begin() as connection:
                yield connection
    else:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
            yield connection


@contextmanager
def _folder_locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which leaves no lock file behind; the kernel lets go of it if we die."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write_ahead(engine: Engine) -> None:
    """Let readers and a writer work side by side; the file remembers it.

    SQLite does not wait for another process here, it fails: hence under the lock and not at each connection.
    """
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
