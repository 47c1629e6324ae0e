"""Publishers as a whole: closed, paused, held; what was given up, seen and sent again."""

import pytest
from sqlalchemy import update

from models.publication import Action, PublicationLease
from models.state import ListingState
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.clock import EPOCH
from storage.catalog.dead_letters import dead_letters, retry_dead_letters
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import lease_publications, publishers_due, record_failure, record_receipt
from storage.catalog.publishers import (
    close_publisher,
    closed_publishers,
    feed_mark,
    hold_feed,
    keep_feed,
    let_go_of_feed,
    mark_feed,
    pause_publisher,
    reopen_publisher,
    standing_receipts,
)
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.catalog.schema import Publishers
from tests.storage.made import ELSEWHERE, arrival, key, publication, receipt, result
from tests.storage.withdrawing import withdraw_listing


def process(catalog: Catalog, *names: str, publishers: tuple[str, ...] = ("shop",), etag: str = "1") -> None:
    record_arrivals(catalog, [arrival(name, etag=etag) for name in names])
    for lease in lease_listings(catalog, this_process()):
        finish(catalog, lease, result(lease), tuple(publication(lease, name) for name in publishers))


def lease_all(catalog: Catalog, publisher: str | None = None) -> tuple[PublicationLease, ...]:
    return lease_publications(catalog, this_process(), limit=100, publisher=publisher)


def test_only_one_publishers_publications_are_given_when_asked_for(catalog: Catalog) -> None:
    process(catalog, "a/b", publishers=("shop", "feed"))
    assert publishers_due(catalog) == ("feed", "shop")
    assert [lease.publication.publisher for lease in lease_all(catalog, "feed")] == ["feed"]
    assert publishers_due(catalog) == ("shop",)


def test_a_closed_publisher_is_sent_nothing_until_a_person_reopens_it(catalog: Catalog) -> None:
    process(catalog, "a/b", publishers=("shop", "feed"))
    close_publisher(catalog, "shop", reason="410: no more")
    close_publisher(catalog, "shop", reason="again")
    assert [lease.publication.publisher for lease in lease_all(catalog)] == ["feed"]
    assert publishers_due(catalog) == ()
    (closed,) = closed_publishers(catalog)
    assert (closed.name, closed.reason) == ("shop", "410: no more")
    assert reopen_publisher(catalog, "shop", by="sari")
    assert not reopen_publisher(catalog, "shop", by="sari")
    assert [lease.publication.publisher for lease in lease_all(catalog)] == ["shop"]


def test_a_paused_publisher_is_left_alone_for_a_while(catalog: Catalog) -> None:
    process(catalog, "a/b")
    pause_publisher(catalog, "shop", seconds=100)
    assert lease_all(catalog) == ()
    with catalog.write() as connection:
        connection.execute(update(Publishers).values(paused_until=EPOCH))
    assert len(lease_all(catalog)) == 1


def test_a_feed_is_held_by_one_process_at_a_time(catalog: Catalog) -> None:
    first = hold_feed(catalog, "feed", ELSEWHERE, seconds=100)
    assert first is not None
    assert hold_feed(catalog, "feed", this_process(), seconds=100) is None
    let_go_of_feed(catalog, "feed", first)
    assert hold_feed(catalog, "feed", this_process(), seconds=100) == first + 1


def test_a_process_that_was_frozen_past_its_hold_may_not_write_a_feed(catalog: Catalog) -> None:
    frozen = hold_feed(catalog, "feed", ELSEWHERE, seconds=100)
    assert frozen is not None
    with catalog.write() as connection:
        connection.execute(update(Publishers).values(expires_at=EPOCH))
    now = hold_feed(catalog, "feed", this_process(), seconds=100)
    assert now is not None
    assert keep_feed(catalog, "feed", now, seconds=100)
    assert mark_feed(catalog, "feed", now, "mine")
    assert not keep_feed(catalog, "feed", frozen, seconds=100)
    assert not mark_feed(catalog, "feed", frozen, "stale")
    let_go_of_feed(catalog, "feed", frozen)
    assert feed_mark(catalog, "feed") == "mine"
    assert hold_feed(catalog, "feed", ELSEWHERE, seconds=100) is None


def test_a_feed_shows_the_newest_of_each_listing_that_arrived_and_was_not_taken_down(catalog: Catalog) -> None:
    process(catalog, "a/b", "a/c", "z/d")
    for lease in lease_all(catalog):
        record_receipt(catalog, lease, receipt(lease.publication))
    process(catalog, "a/b", etag="2")
    withdraw_listing(catalog, key("z/d"))
    shown = [(str(each.key), each.version) for each in standing_receipts(catalog, "shop")]
    assert shown == [("a/b", 1), ("a/c", 1), ("z/d", 1)]
    for lease in lease_all(catalog):
        sent = receipt(lease.publication).model_copy(update={"action": lease.publication.action})
        record_receipt(catalog, lease, sent)
    shown = [(str(each.key), each.version) for each in standing_receipts(catalog, "shop")]
    assert shown == [("a/b", 2), ("a/c", 1)]
    assert [str(each.key) for each in standing_receipts(catalog, "shop", seller="z")] == []


def fail_for_good(catalog: Catalog) -> None:
    for lease in lease_all(catalog):
        record_failure(catalog, lease, error="no such category", final=True)


def test_what_was_given_up_is_seen_with_its_reason(catalog: Catalog) -> None:
    process(catalog, "a/b", "a/c")
    fail_for_good(catalog)
    letters = dead_letters(catalog)
    assert [str(letter.publication.key) for letter in letters] == ["a/b", "a/c"]
    assert {(letter.error, letter.attempts) for letter in letters} == {("no such category", 1)}


@pytest.mark.parametrize(("one", "retried"), [("a/b", ["a/b"]), (None, ["a/b", "a/c"])])
def test_what_was_given_up_is_sent_again_under_its_old_key(
    catalog: Catalog, one: str | None, retried: list[str]
) -> None:
    process(catalog, "a/b", "a/c")
    fail_for_good(catalog)
    keys = {letter.publication.idempotency_key for letter in dead_letters(catalog)}
    assert retry_dead_letters(catalog, key(one) if one else None, by="sari") == len(retried)
    leases = lease_all(catalog)
    assert sorted(str(lease.publication.key) for lease in leases) == retried
    assert {lease.publication.idempotency_key for lease in leases} <= keys
    for lease in leases:
        record_receipt(catalog, lease, receipt(lease.publication))
    states = {str(row.key): row.state for row in list_listings(catalog)}
    assert {name for name, state in states.items() if state == ListingState.PUBLISHED} == set(retried)


def test_what_a_newer_version_has_outrun_is_no_dead_letter(catalog: Catalog) -> None:
    process(catalog, "a/b")
    fail_for_good(catalog)
    process(catalog, "a/b", etag="2")
    assert dead_letters(catalog) == ()
    assert retry_dead_letters(catalog, by="sari") == 0


def test_a_withdrawal_can_be_a_dead_letter_too(catalog: Catalog) -> None:
    process(catalog, "a/b")
    for lease in lease_all(catalog):
        record_receipt(catalog, lease, receipt(lease.publication))
    withdraw_listing(catalog, key("a/b"))
    fail_for_good(catalog)
    (letter,) = dead_letters(catalog)
    assert letter.publication.action is Action.WITHDRAW
