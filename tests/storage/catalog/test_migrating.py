import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.catalog import Catalog, CatalogError, open_catalog
from storage.catalog.migrating import migrations
from storage.catalog.revisions import newest_revision
from storage.catalog.sellers import sellers_of
from storage.catalog.tables import METADATA
from tests.storage.old import catalog_at


def test_the_migrations_make_the_tables_that_the_code_speaks_of(catalog: Catalog) -> None:
    with catalog.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_last_step_is_told_by_its_number_without_alembic(catalog: Catalog) -> None:
    assert ScriptDirectory.from_config(migrations()).get_current_head() == newest_revision()
    with catalog.read() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest_revision()


def test_a_catalog_of_today_is_opened_without_alembic(catalog: Catalog, catalog_url: str) -> None:
    opening = f"from storage.catalog import open_catalog; open_catalog({catalog_url!r})"
    program = f"import sys; {opening}; sys.exit('alembic' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=600)


def test_sellers_who_were_enrolled_before_forms_had_keys_are_still_known(catalog_url: str) -> None:
    with catalog_at(catalog_url, "0014") as connection:
        for name in ("bu-ani", "bu-ani-2"):
            connection.execute(text("INSERT INTO sellers (name, first_seen_at) VALUES (:name, 0)"), {"name": name})
            enrolled = "INSERT INTO enrolments VALUES (:name, 'Bu Ani', '', '', 'Balai', '', 0, 'sari', '1')"
            connection.execute(text(enrolled), {"name": name})
    catalog = open_catalog(catalog_url)
    assert [seller.folder for seller in sellers_of(catalog, "Balai")] == ["bu-ani", "bu-ani-2"]
    catalog.close()


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


def test_a_folder_of_the_same_name_where_a_process_stands_leads_nobody_astray(tmp_path: Path) -> None:
    # A worker of Dask has one, "storage", for what does not fit into memory, and it comes first on its sys.path.
    (tmp_path / "storage").mkdir()
    program = f"from storage.catalog import open_catalog; open_catalog('sqlite:///{tmp_path}/catalog.sqlite')"
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, timeout=600)
    assert (tmp_path / "catalog.sqlite").stat().st_size > 0
