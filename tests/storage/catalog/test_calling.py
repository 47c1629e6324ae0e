"""A worker is called for a listing when its events are due, and again until they are finished."""

from datetime import timedelta

from sqlalchemy import update

from storage.catalog import Catalog
from storage.catalog.calling import call_all, call_due, seconds_until_call
from storage.catalog.clock import read_clock
from storage.catalog.deliveries import KEPT, drop_old_deliveries
from storage.catalog.delivery_leases import finish_deliveries, lease_deliveries
from storage.catalog.schema import Deliveries
from tests.storage.events import called, changed, know, tell, uploaded
from tests.storage.made import ELSEWHERE, is_left, key, let_pass, now


def test_a_listing_is_called_for_once_its_last_file_has_settled(catalog: Catalog) -> None:
    begun = now(catalog)
    tell(catalog, changed("a/b"), changed("a/b", file="2.jpg"))
    assert called(catalog) == []
    assert is_left(seconds_until_call(catalog), 10, catalog, begun)
    let_pass(catalog, Deliveries, "due_at")
    tell(catalog, changed("a/b", file="3.jpg"))
    assert called(catalog) == []
    let_pass(catalog, Deliveries, "due_at")
    assert called(catalog) == ["a/b"]
    assert called(catalog) == []


def test_a_file_that_says_that_all_is_there_calls_at_once(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"), changed("a/b", file="listing.json", complete=True), changed("a/c"))
    assert called(catalog) == ["a/b"]


def test_the_longest_due_are_called_for_first_and_no_more_than_asked(catalog: Catalog) -> None:
    know(catalog, "a")
    for seconds, name in ((3, "a/3"), (2, "a/1"), (1, "a/2")):
        tell(catalog, uploaded(name))
        with catalog.write() as connection:
            past = read_clock(connection) - timedelta(seconds=seconds)
            about = Deliveries.listing == name.partition("/")[2]
            connection.execute(update(Deliveries).where(about).values(due_at=past))
    assert called(catalog, limit=2) == ["a/3", "a/1"]
    assert called(catalog, limit=2) == ["a/2"]


def test_who_is_called_for_all_is_not_called_again_for_those_beyond_the_first(catalog: Catalog) -> None:
    tell(catalog, *(changed(f"a/{number}", complete=True) for number in range(50)), changed("a/settling"))
    assert len(called(catalog, limit=21)) == 21

    call_all(catalog)

    assert called(catalog) == []
    assert seconds_until_call(catalog) > 500
    # What comes afterwards is called for by itself.
    tell(catalog, changed("a/new", complete=True))
    assert called(catalog) == ["a/new"]


def test_a_call_that_nobody_answers_is_made_again_with_growing_pauses_and_another_number(catalog: Catalog) -> None:
    tell(catalog, changed("a/b", complete=True))
    pauses, numbers = [], set()
    for _ in range(9):
        (call,) = call_due(catalog, limit=1)
        numbers.add(call.number)
        pauses.append(round(seconds_until_call(catalog) / 60))
        let_pass(catalog, Deliveries, "due_at")
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert len(numbers) == 9


def test_no_number_is_called_again_once_all_that_came_before_is_dropped(catalog: Catalog) -> None:
    numbers = set()
    for _ in range(2):
        tell(catalog, changed("a/b", complete=True))
        numbers.update(call.number for call in call_due(catalog, limit=1))
        finish_deliveries(catalog, lease_deliveries(catalog, ELSEWHERE, key("a/b")))
        with catalog.write() as connection:
            long_ago = read_clock(connection) - KEPT - timedelta(days=1)
            connection.execute(update(Deliveries).values(finished_at=long_ago))
        drop_old_deliveries(catalog)
    assert len(numbers) == 2


def test_nobody_is_called_while_somebody_works_on_the_listing(catalog: Catalog) -> None:
    tell(catalog, changed("a/b", complete=True))
    held = lease_deliveries(catalog, ELSEWHERE, key("a/b"))
    tell(catalog, changed("a/b", file="2.jpg", complete=True))
    assert called(catalog) == []
    finish_deliveries(catalog, held)
    assert called(catalog) == ["a/b"]


def test_when_the_one_who_worked_on_it_is_lost_another_is_called(catalog: Catalog) -> None:
    tell(catalog, changed("a/b", complete=True))
    lease_deliveries(catalog, ELSEWHERE, key("a/b"))
    let_pass(catalog, Deliveries, "expires_at")
    assert called(catalog) == ["a/b"]
