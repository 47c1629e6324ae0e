"""A worker that is frozen in the middle of a transaction does not keep the others from what it has locked."""

import pytest
from sqlalchemy import update

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
