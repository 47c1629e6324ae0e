"""Events in the catalog's queue: each once, in whatever order they come, worked on by one at a time."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from math import inf

import pytest
from sqlalchemy import select, update

from models.event import DeliveryLease, Event, ObjectChanged, PhotoLink, PhotosUploaded, Received
from models.lease import LeaseLost
from models.note import SellerNote
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.clock import read_clock
from storage.catalog.deliveries import (
    KEPT,
    Queued,
    call_due,
    drop_old_deliveries,
    files_of_newer_events,
    finish_deliveries,
    finish_looked_at,
    lease_deliveries,
    listings_with_photos_to_fetch,
    newest_delivery,
    postpone_deliveries,
    queue,
    renew_deliveries,
    return_deliveries,
    seconds_until_call,
)
from storage.catalog.holders import this_process
from storage.catalog.schema import Deliveries
from storage.catalog.states import DeliveryState
from tests.storage.made import ELSEWHERE, arrival, is_left, key, let_pass, now

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def changed(name: str, *, file: str = "1.jpg", sequencer: str = "", complete: bool = False) -> ObjectChanged:
    return ObjectChanged(key=key(name), file=file, sequencer=sequencer, complete=complete)


def uploaded(name: str, *files: str, minutes: int = 0, note: SellerNote | None = None) -> PhotosUploaded:
    photos = tuple(PhotoLink(file=file, url=f"https://photos.example/{file}") for file in files)
    return PhotosUploaded(key=key(name), at=NOON + timedelta(minutes=minutes), photos=photos, note=note)


def tell(catalog: Catalog, *events: Event, name: str = "") -> tuple[Queued, ...]:
    """Queue events, each under a name of its own unless ``name`` is given."""
    first = newest_delivery(catalog)
    return queue(
        catalog,
        [Received(identity=name or f"{first}-{place}", event=event) for place, event in enumerate(events)],
    )


def states(catalog: Catalog) -> list[str]:
    with catalog.read() as connection:
        return list(connection.scalars(select(Deliveries.state).order_by(Deliveries.id)))


def lease(catalog: Catalog, name: str = "a/b") -> tuple[DeliveryLease, ...]:
    return lease_deliveries(catalog, this_process(), key(name))


def called(catalog: Catalog, limit: int = 100) -> list[str]:
    return [str(call.key) for call in call_due(catalog, limit=limit)]


def know(catalog: Catalog, *sellers: str) -> None:
    record_arrivals(catalog, [arrival(f"{seller}/first") for seller in sellers])


def test_an_event_is_kept_once_however_often_it_is_told(catalog: Catalog) -> None:
    assert tell(catalog, changed("a/b"), name="one") == (Queued.NEW,)
    assert tell(catalog, changed("a/b"), name="one") == (Queued.KNOWN,)
    assert tell(catalog, changed("a/b"), changed("a/b"), name="two") == (Queued.NEW, Queued.KNOWN)
    assert len(states(catalog)) == 2


def test_what_was_done_long_ago_is_still_known(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"), name="one")
    finish_deliveries(catalog, lease(catalog))
    assert tell(catalog, changed("a/b"), name="one") == (Queued.KNOWN,)
    assert states(catalog) == [DeliveryState.DONE]


def test_the_marketplace_may_speak_only_of_sellers_that_are_known(catalog: Catalog) -> None:
    know(catalog, "a")
    assert tell(catalog, uploaded("a/b"), uploaded("stranger/b")) == (Queued.NEW, Queued.UNKNOWN_SELLER)
    assert tell(catalog, changed("stranger/c")) == (Queued.NEW,)
    assert len(states(catalog)) == 2


@pytest.mark.parametrize(
    ("older", "newer"), [("0055AED6DCD90281E5", "0055AED6DCD90281E6"), ("0055", "005501"), ("a", "B")]
)
def test_the_older_of_two_changes_of_a_file_needs_no_work(catalog: Catalog, older: str, newer: str) -> None:
    assert tell(catalog, changed("a/b", sequencer=newer)) == (Queued.NEW,)
    assert tell(catalog, changed("a/b", sequencer=older)) == (Queued.OUTRUN,)
    assert tell(catalog, changed("a/c", sequencer=older)) == (Queued.NEW,)
    assert tell(catalog, changed("a/c", sequencer=newer)) == (Queued.NEW,)
    assert states(catalog) == ["queued", "outrun", "outrun", "queued"]


def test_a_shorter_sequencer_counts_as_if_it_ended_in_zeros(catalog: Catalog) -> None:
    tell(catalog, changed("a/b", sequencer="0055"))
    assert tell(catalog, changed("a/b", sequencer="005500")) == (Queued.NEW,)
    assert states(catalog) == ["queued", "queued"]


def test_sequencers_say_nothing_of_different_files_nor_of_events_without_one(catalog: Catalog) -> None:
    tell(catalog, changed("a/b", file="1.jpg", sequencer="FF"))
    ends = tell(catalog, changed("a/b", file="2.jpg", sequencer="01"), changed("a/b", file="1.jpg"))
    assert ends == (Queued.NEW, Queued.NEW)


def test_an_older_change_after_a_newer_one_was_worked_on_needs_no_work(catalog: Catalog) -> None:
    tell(catalog, changed("a/b", sequencer="02"))
    finish_deliveries(catalog, lease(catalog))
    assert tell(catalog, changed("a/b", sequencer="01")) == (Queued.OUTRUN,)


def test_a_newer_change_leaves_one_that_is_being_worked_on_alone(catalog: Catalog) -> None:
    tell(catalog, changed("a/b", sequencer="01"))
    held = lease(catalog)
    tell(catalog, changed("a/b", sequencer="02"))
    finish_deliveries(catalog, held)
    assert states(catalog) == ["done", "queued"]


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


def test_all_that_is_queued_about_a_listing_is_given_to_one_at_a_time(catalog: Catalog) -> None:
    know(catalog, "a")
    tell(catalog, changed("a/b"), uploaded("a/b"), changed("a/c"))
    assert {each.event.kind for each in lease(catalog)} == {"object_changed", "photos_uploaded"}
    tell(catalog, changed("a/b", file="2.jpg"))
    assert lease_deliveries(catalog, ELSEWHERE, key("a/b")) == ()
    assert len(lease(catalog)) == 1, "what came meanwhile is for the same one"
    assert lease(catalog) == ()


def test_a_lease_that_expired_and_was_given_to_another_cannot_write(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    stale = lease_deliveries(catalog, ELSEWHERE, key("a/b"))
    let_pass(catalog, Deliveries, "expires_at")
    fresh = lease(catalog)
    for write in (finish_deliveries, renew_deliveries, return_deliveries):
        with pytest.raises(LeaseLost):
            write(catalog, stale)
    with pytest.raises(LeaseLost):
        postpone_deliveries(catalog, stale, error="too late")
    finish_deliveries(catalog, fresh)
    assert states(catalog) == [DeliveryState.DONE]


def test_a_renewed_lease_lasts_longer(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    held = lease_deliveries(catalog, ELSEWHERE, key("a/b"))
    let_pass(catalog, Deliveries, "expires_at")
    renew_deliveries(catalog, held)
    assert lease(catalog) == ()


def test_a_failure_that_may_pass_is_tried_five_times(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    for attempt, wait in enumerate((10, 20, 40, 80, inf)):
        (held,) = lease(catalog)
        assert held.attempts == attempt
        begun = now(catalog)
        postpone_deliveries(catalog, [held], error="no answer")
        assert is_left(seconds_until_call(catalog), wait, catalog, begun)
    assert states(catalog) == [DeliveryState.FAILED]
    assert lease(catalog) == ()


def test_what_is_given_back_is_as_it_was(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    begun, wait = now(catalog), seconds_until_call(catalog)
    return_deliveries(catalog, lease(catalog))
    assert is_left(seconds_until_call(catalog), wait, catalog, begun)
    (again,) = lease(catalog)
    assert again.attempts == 0


def test_what_could_not_all_be_had_ends_with_its_error(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    finish_deliveries(catalog, lease(catalog), error="1.jpg: gone\0")
    with catalog.read() as connection:
        assert connection.scalars(select(Deliveries.error)).one() == "1.jpg: gone\\0"
    assert states(catalog) == [DeliveryState.FAILED]


def test_a_newer_event_keeps_an_older_one_from_the_files_that_it_brings(catalog: Catalog) -> None:
    know(catalog, "a")
    tell(catalog, uploaded("a/b", "1.jpg", "2.jpg", minutes=1))
    tell(catalog, uploaded("a/b", "2.jpg", minutes=3, note=SellerNote(words="baru")))
    tell(catalog, uploaded("a/b", "3.jpg", minutes=2), uploaded("a/other", "1.jpg", minutes=9))
    first, second, third = lease(catalog)
    assert files_of_newer_events(catalog, first) == {"2.jpg", "3.jpg", "listing.json"}
    assert files_of_newer_events(catalog, second) == frozenset()
    assert files_of_newer_events(catalog, third) == {"2.jpg", "listing.json"}


def test_listings_whose_photos_are_to_be_fetched_are_named_once(catalog: Catalog) -> None:
    know(catalog, "a", "b")
    tell(catalog, uploaded("b/2"))
    tell(catalog, uploaded("a/1"), uploaded("b/2"), changed("a/3"))
    assert [str(found) for found in listings_with_photos_to_fetch(catalog)] == ["b/2", "a/1"]
    assert [str(found) for found in listings_with_photos_to_fetch(catalog, seller="a")] == ["a/1"]
    finish_deliveries(catalog, lease(catalog, "a/1"))
    assert [str(found) for found in listings_with_photos_to_fetch(catalog)] == ["b/2"]


def test_a_look_at_the_whole_store_ends_what_the_store_had_told_before_it(catalog: Catalog) -> None:
    know(catalog, "a")
    for event in (changed("a/b"), uploaded("a/b"), changed("a/held"), changed("other/b")):
        tell(catalog, event)
    lease_deliveries(catalog, ELSEWHERE, key("a/held"))
    until = newest_delivery(catalog)
    tell(catalog, changed("a/later"))
    finish_looked_at(catalog, until=until, seller="a")
    assert states(catalog) == ["done", "queued", "queued", "queued", "queued"]
    finish_looked_at(catalog, until=until)
    assert states(catalog) == ["done", "queued", "queued", "done", "queued"]


def test_what_was_finished_long_ago_is_dropped(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    finish_deliveries(catalog, lease(catalog))
    tell(catalog, changed("a/c"))
    drop_old_deliveries(catalog)
    assert states(catalog) == ["done", "queued"]
    with catalog.write() as connection:
        long_ago = read_clock(connection) - KEPT - timedelta(days=1)
        connection.execute(update(Deliveries).where(Deliveries.state == "done").values(finished_at=long_ago))
    drop_old_deliveries(catalog)
    assert states(catalog) == ["queued"]


def test_many_who_are_told_the_same_at_once_keep_it_once(catalog: Catalog) -> None:
    told = [Received(identity=str(number), event=changed(f"a/{number % 3}")) for number in range(20)]
    orders = [random.Random(seed).sample(told, len(told)) for seed in range(6)]
    with ThreadPoolExecutor(len(orders)) as threads:
        list(threads.map(lambda order: queue(catalog, order), orders))
    assert len(states(catalog)) == len(told)


def test_of_many_who_ask_at_once_one_is_given_all(catalog: Catalog) -> None:
    tell(catalog, *(changed("a/b", file=f"{number}.jpg") for number in range(10)))
    holders = [ELSEWHERE.model_copy(update={"process": number}) for number in range(6)]
    with ThreadPoolExecutor(len(holders)) as threads:
        given = list(threads.map(lambda holder: lease_deliveries(catalog, holder, key("a/b")), holders))
    assert sorted(len(each) for each in given) == [0, 0, 0, 0, 0, 10]
