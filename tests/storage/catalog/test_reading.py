import pytest

from models.state import ListingState
from storage.catalog import Catalog, reading
from storage.catalog.arrivals import record_arrivals
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import count_states, list_listings
from storage.catalog.results import finish
from tests.storage.made import A_REASON_TO_WAIT, arrival, result


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)


def test_an_empty_catalog_has_none_in_any_state(catalog: Catalog) -> None:
    assert count_states(catalog) == dict.fromkeys(ListingState, 0)
    assert list(list_listings(catalog)) == []


@pytest.mark.usefixtures("small_pages")
def test_every_listing_is_shown_once_in_the_order_of_the_keys(catalog: Catalog) -> None:
    shown = ["a-b/x", "a/b", "a/b-c", "a/b.d", "a0/e", "b/é", "b/😀"]
    order = ["a-b/x", "a/b-c", "a/b.d", "a/b", "a0/e", "b/é", "b/😀"]
    record_arrivals(catalog, [arrival(name, photos=2) for name in shown])
    rows = list(list_listings(catalog))
    assert [str(row.key) for row in rows] == order
    assert {(row.state, row.version, row.photo_count) for row in rows} == {(ListingState.DUE, 1, 2)}


@pytest.mark.usefixtures("small_pages")
def test_seller_and_state_choose(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival(f"{seller}/{number}") for seller in "ab" for number in range(3)])
    for lease in lease_listings(catalog, this_process(), seller="b", photos=2):
        finish(catalog, lease, result(lease, waits=A_REASON_TO_WAIT), ())
    assert [str(row.key) for row in list_listings(catalog, seller="a")] == ["a/0", "a/1", "a/2"]
    waiting = list(list_listings(catalog, states=[ListingState.WAITING]))
    assert [str(row.key) for row in waiting] == ["b/0", "b/1"]
    assert list(list_listings(catalog, seller="a", states=[ListingState.WAITING])) == []
    assert count_states(catalog)[ListingState.DUE] == 4
    assert count_states(catalog, seller="b")[ListingState.DUE] == 1


def test_no_transaction_is_open_between_two_listings(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival(f"a/{number}") for number in range(3)])
    rows = list_listings(catalog)
    next(rows)
    record_arrivals(catalog, [arrival("a/0", etag="2")])
    assert len(list(rows)) == 2
