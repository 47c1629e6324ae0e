from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from storage.catalog import Catalog, CatalogError, open_catalog
from storage.catalog.schema import Schema


def test_the_migrations_make_the_tables_that_the_code_speaks_of(catalog: Catalog) -> None:
    with catalog.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Schema.metadata) == []


def test_a_catalog_of_a_newer_program_is_refused(catalog: Catalog, catalog_url: str) -> None:
    with catalog.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CatalogError, match="newer version"):
        open_catalog(catalog_url)


def test_sqlite_keeps_its_log_ahead_and_its_references_whole(sqlite_url: str, tmp_path: Path) -> None:
    with open_catalog(sqlite_url).read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 30_000
    assert {path.name.removeprefix("catalog.sqlite") for path in tmp_path.iterdir()} <= {"", "-wal", "-shm"}
