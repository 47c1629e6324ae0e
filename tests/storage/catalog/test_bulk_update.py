"""Many rows are each given values of their own."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from storage.catalog.arrivals import record_arrivals
from storage.catalog.bulk_update import BulkUpdate
from storage.catalog.clock import EPOCH
from storage.catalog.connection import Catalog
from storage.catalog.opening import open_catalog
from storage.catalog.schema import Photos
from tests.storage.made import arrival

MARKED = BulkUpdate(
    Photos, key=("listing_id", "file"), give=("reason", "sha256", "modified_at"), give_all={"etag": "2"}
)
COLUMNS = (Photos.listing_id, Photos.file, Photos.reason, Photos.sha256, Photos.modified_at, Photos.etag)
LATER = EPOCH + timedelta(days=20_000, milliseconds=1)


def rows_of(catalog: Catalog) -> dict[tuple[int, str], tuple[Any, ...]]:
    with catalog.read() as connection:
        return {(row[0], row[1]): tuple(row[2:]) for row in connection.execute(select(*COLUMNS))}


def marked(place: tuple[int, str], reason: str | None, sha256: str | None) -> dict[str, object]:
    return {
        "listing_id": place[0],
        "file": place[1],
        "reason": reason,
        "sha256": sha256,
        "modified_at": LATER,
    }


def test_each_row_takes_its_own_values_and_those_of_all_and_others_stay(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b", photos=3), arrival("a/c", photos=2)])
    before = rows_of(catalog)
    first, second, third, *others = sorted(before)
    with catalog.write() as connection:
        rows = [marked(first, "tangan 😀 ' \" {x,y}", None), marked(second, None, "ff"), marked(third, "NULL", "")]
        MARKED.execute(connection, [*rows, marked((10**9, "none.jpg"), "gone", None)])

    after = rows_of(catalog)
    assert after[first] == ("tangan 😀 ' \" {x,y}", None, LATER, "2")
    assert after[second] == (None, "ff", LATER, "2")
    assert after[third] == ("NULL", "", LATER, "2")
    assert {place: after[place] for place in others} == {place: before[place] for place in others}
    assert after.keys() == before.keys()


def test_no_rows_are_no_statement(catalog: Catalog) -> None:
    with catalog.write() as connection:
        MARKED.execute(connection, [])


def test_postgresql_takes_them_in_one_statement_whose_text_does_not_grow(postgresql_url: str) -> None:
    catalog = open_catalog(postgresql_url)
    record_arrivals(catalog, [arrival("a/b", photos=3)])
    places = sorted(rows_of(catalog))
    said: list[str] = []
    with catalog.write() as connection:
        event.listen(connection, "before_cursor_execute", lambda *call: said.append(call[2]))
        MARKED.execute(connection, [marked(place, "x", None) for place in places])
        MARKED.execute(connection, [marked(places[0], "y", None)])
    catalog.close()

    assert len(said) == 2
    assert said[0] == said[1]


@pytest.mark.parametrize("count", [1, 700])
def test_postgresql_takes_new_rows_in_few_statements(postgresql_url: str, count: int) -> None:
    catalog = open_catalog(postgresql_url)
    said: list[str] = []

    def hear(connection: Any, cursor: Any, statement: str, *_: Any) -> None:  # noqa: ANN401
        said.append(statement)

    event.listen(catalog._engine, "before_cursor_execute", hear)
    record_arrivals(catalog, [arrival(f"a/{number}") for number in range(count)])

    assert len(rows_of(catalog)) == count
    assert len(said) < 20
    catalog.close()
