"""Events are kept once, in whatever order they come."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.event import Received
from storage.catalog import Catalog
from storage.catalog.delivery_leases import finish_deliveries
from storage.catalog.event_queue import Queued, queue
from storage.catalog.states import DeliveryState
from tests.storage.events import changed, know, lease, states, tell, uploaded


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


def test_many_who_are_told_the_same_at_once_keep_it_once(catalog: Catalog) -> None:
    told = [Received(identity=str(number), event=changed(f"a/{number % 3}")) for number in range(20)]
    orders = [random.Random(seed).sample(told, len(told)) for seed in range(6)]
    with ThreadPoolExecutor(len(orders)) as threads:
        list(threads.map(lambda order: queue(catalog, order), orders))
    assert len(states(catalog)) == len(told)
