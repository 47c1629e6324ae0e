"""A worker that is frozen in the middle of a transaction does not keep the others from what it has locked."""

import psycopg
import pytest
from sqlalchemy import bindparam, update

from storage.catalog import CatalogError, open_catalog
from storage.catalog import connection as connecting
from storage.catalog.arrivals import record_arrivals
from storage.catalog.schema import Listings
from tests.storage.made import arrival


def test_postgresql_ends_a_transaction_in_which_nothing_happens_any_more(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_catalog(postgresql_url)
    record_arrivals(other, [arrival("a/b")])
    # Of the frozen one alone: the other may be slow on a busy machine.
    monkeypatch.setattr(connecting, "IDLE_SECONDS", 1)
    frozen = open_catalog(postgresql_url)

    with pytest.raises(CatalogError), frozen.write() as connection:
        connection.execute(update(Listings).values(photo_count=99))
        record_arrivals(other, [arrival("a/b", photos=2)])
        connection.execute(update(Listings).values(photo_count=99))

    with other.read() as connection:
        assert connection.execute(Listings.__table__.select()).one().photo_count == 2
    frozen.close()
    other.close()


def test_many_rows_are_not_sent_in_a_pipeline_in_which_a_frozen_worker_counts_as_active(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = open_catalog(postgresql_url)
    record_arrivals(catalog, [arrival("a/b"), arrival("a/c")])

    def refuse(connection: psycopg.Connection) -> None:
        raise AssertionError("a pipeline")

    monkeypatch.setattr(psycopg.Connection, "_pipeline_nolock", refuse)
    counted = update(Listings).where(Listings.folder == bindparam("its")).values(photo_count=bindparam("count"))
    with catalog.write() as connection:
        connection.execute(counted, [{"its": "a/b/", "count": 7}, {"its": "a/c/", "count": 8}])

    with catalog.read() as connection:
        rows = connection.execute(Listings.__table__.select().order_by(Listings.folder)).all()
    assert [row.photo_count for row in rows] == [7, 8]
    catalog.close()
