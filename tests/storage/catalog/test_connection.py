"""Connections of the pool that the database has let go of meanwhile."""

import traceback

import psycopg
import pytest
from sqlalchemy import select, text

from storage.catalog import CatalogError, open_catalog
from storage.catalog import connection as connecting
from storage.catalog.arrivals import record_arrivals
from storage.catalog.connection import Catalog
from storage.catalog.schema import Listings
from tests.storage.made import arrival


def let_go(url: str) -> None:
    """End every other connection to a database, as when its server is started again."""
    with psycopg.connect(url.replace("+psycopg:", ":"), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def count(catalog: Catalog) -> int:
    with catalog.read() as connection:
        return len(connection.execute(select(Listings.id)).all())


def test_one_that_has_lain_idle_is_replaced_unseen(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "SURELY_OPEN_SECONDS", 0.0)
    catalog = open_catalog(postgresql_url)
    record_arrivals(catalog, [arrival("a/b")])
    let_go(postgresql_url)
    assert count(catalog) == 1
    catalog.close()


def test_one_that_was_used_just_now_fails_once_at_most(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "SURELY_OPEN_SECONDS", 3600.0)
    catalog = open_catalog(postgresql_url)
    with catalog.read(), catalog.read():
        pass
    let_go(postgresql_url)
    with pytest.raises(CatalogError):
        count(catalog)
    assert [count(catalog) for _ in range(3)] == [0, 0, 0]
    catalog.close()


def test_what_a_failing_statement_was_given_is_not_told(catalog: Catalog) -> None:
    given = "-".join(("kata", "rahasia"))
    with pytest.raises(CatalogError) as raised, catalog.read() as connection:
        connection.execute(text("SELECT 1 FROM nothing WHERE word = :word"), {"word": given})
    assert "nothing" in str(raised.value)
    assert given not in "".join(traceback.format_exception(raised.value))
