import pytest
from sqlalchemy import select, update

from models.lease import LeaseLost
from models.publication import PublicationLease
from models.state import ListingState
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.clock import read_clock
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import (
    JITTER,
    RETRY_SECONDS,
    hold_back,
    lease_publications,
    record_failure,
    record_receipt,
    renew_publications,
)
from storage.catalog.reading import list_listings
from storage.catalog.resending import send_newest_again
from storage.catalog.results import finish
from storage.catalog.schema import Publications
from storage.catalog.states import PublicationState
from tests.storage.made import A_REASON_TO_WAIT, ELSEWHERE, arrival, let_pass, now, publication, receipt, result


def process(
    catalog: Catalog, *, etag: str = "1", publishers: tuple[str, ...] = ("bundle",), name: str = "a/b"
) -> None:
    """Take a listing, in a new state of it, all the way to the outbox."""
    record_arrivals(catalog, [arrival(name, etag=etag)])
    (lease,) = lease_listings(catalog, this_process())
    waits = () if publishers else A_REASON_TO_WAIT
    made = tuple(publication(lease, publisher) for publisher in publishers)
    finish(catalog, lease, result(lease, waits=waits), made)


def lease_all(catalog: Catalog) -> tuple[PublicationLease, ...]:
    return lease_publications(catalog, this_process(), limit=100)


def states(catalog: Catalog) -> list[tuple[int, str]]:
    with catalog.read() as connection:
        found = select(Publications.version, Publications.state).order_by(Publications.id)
        return [tuple(row) for row in connection.execute(found)]


def state(catalog: Catalog) -> ListingState:
    (row,) = list_listings(catalog)
    return row.state


def test_a_publication_is_given_once(catalog: Catalog) -> None:
    process(catalog)
    (lease,) = lease_all(catalog)
    assert (lease.publication.version, lease.publication.publisher, lease.attempt) == (1, "bundle", 1)
    assert lease_all(catalog) == ()


def test_no_more_are_given_than_asked_for(catalog: Catalog) -> None:
    process(catalog, publishers=("a", "b", "c"))
    assert len(lease_publications(catalog, this_process(), limit=2)) == 2
    assert len(lease_publications(catalog, this_process(), limit=2)) == 1


def test_a_listing_is_published_when_every_publisher_has_it(catalog: Catalog) -> None:
    process(catalog, publishers=("bundle", "feed"))
    first, second = lease_all(catalog)
    assert record_receipt(catalog, first, receipt(first.publication)) == ListingState.PUBLISHING
    assert record_receipt(catalog, second, receipt(second.publication)) == ListingState.PUBLISHED
    (row,) = list_listings(catalog)
    assert row.state == ListingState.PUBLISHED
    assert row.receipts == (receipt(first.publication), receipt(second.publication))


def test_a_receipt_twice_is_the_same_as_once(catalog: Catalog) -> None:
    process(catalog)
    (lease,) = lease_all(catalog)
    for _ in range(2):
        assert record_receipt(catalog, lease, receipt(lease.publication)) == ListingState.PUBLISHED
    assert lease_all(catalog) == ()


def test_a_receipt_for_another_publication_is_refused(catalog: Catalog) -> None:
    process(catalog, publishers=("bundle", "feed"))
    first, second = lease_all(catalog)
    with pytest.raises(ValueError, match="is not for"):
        record_receipt(catalog, first, receipt(second.publication))


def test_a_stale_lease_cannot_write(catalog: Catalog) -> None:
    process(catalog)
    (stale,) = lease_publications(catalog, ELSEWHERE, limit=1)
    assert lease_all(catalog) == ()
    let_pass(catalog, Publications, "expires_at")
    (fresh,) = lease_all(catalog)
    assert (fresh.fencing_token, fresh.attempt) == (2, 2)
    with pytest.raises(LeaseLost):
        record_receipt(catalog, stale, receipt(stale.publication))
    with pytest.raises(LeaseLost):
        record_failure(catalog, stale, error="too late")
    assert state(catalog) == ListingState.PUBLISHING
    assert record_receipt(catalog, fresh, receipt(fresh.publication)) == ListingState.PUBLISHED


def test_a_lease_that_has_ended_cannot_write_anything_else(catalog: Catalog) -> None:
    process(catalog, publishers=("bundle", "feed"))
    failed, sent = lease_all(catalog)
    record_failure(catalog, failed, error="no answer")
    with pytest.raises(LeaseLost):
        record_receipt(catalog, failed, receipt(failed.publication))
    record_receipt(catalog, sent, receipt(sent.publication))
    with pytest.raises(LeaseLost):
        record_failure(catalog, sent, error="no answer")


def seconds_until_due(catalog: Catalog) -> float:
    with catalog.read() as connection:
        due_at = connection.execute(select(Publications.due_at)).scalar_one()
        assert due_at is not None
        return (due_at - read_clock(connection)).total_seconds()


def test_each_failure_waits_as_standard_webhooks_say_until_the_tenth_is_the_last(catalog: Catalog) -> None:
    process(catalog)
    for attempt, delay in enumerate(RETRY_SECONDS, start=1):
        (lease,) = lease_all(catalog)
        assert lease.attempt == attempt
        begun = now(catalog)
        assert record_failure(catalog, lease, error="no answer") == ListingState.PUBLISHING
        assert lease_all(catalog) == ()
        waiting = seconds_until_due(catalog)
        passed = (now(catalog) - begun).total_seconds()
        assert delay * (1 - JITTER) - passed <= waiting <= delay * (1 + JITTER)
        let_pass(catalog, Publications, "due_at")
    (lease,) = lease_all(catalog)
    assert record_failure(catalog, lease, error="gone for good") == ListingState.FAILED
    assert lease_all(catalog) == ()
    (row,) = list_listings(catalog)
    assert (row.state, row.error) == (ListingState.FAILED, "gone for good")


def test_what_failed_together_does_not_come_back_together(catalog: Catalog) -> None:
    names = [f"publisher-{number}" for number in range(12)]
    process(catalog, publishers=tuple(names))
    for lease in lease_all(catalog):
        record_failure(catalog, lease, error="no answer")
    with catalog.read() as connection:
        assert len(set(connection.scalars(select(Publications.due_at)))) > 6


@pytest.mark.parametrize(("asked", "least", "most"), [(60, 60, 60), (1, 4.5, 5.5), (10**9, 86_400, 86_400)])
def test_a_receivers_wish_is_honoured_for_at_most_a_day(
    catalog: Catalog, asked: float, least: float, most: float
) -> None:
    process(catalog)
    (lease,) = lease_all(catalog)
    begun = now(catalog)
    record_failure(catalog, lease, error="busy", retry_after=asked)
    waiting = seconds_until_due(catalog)
    assert least - (now(catalog) - begun).total_seconds() <= waiting <= most


def test_a_refusal_is_final_at_once(catalog: Catalog) -> None:
    process(catalog)
    (lease,) = lease_all(catalog)
    assert record_failure(catalog, lease, error="no such category", final=True) == ListingState.FAILED
    assert lease_all(catalog) == ()


def test_what_is_held_back_counts_as_no_attempt(catalog: Catalog) -> None:
    process(catalog)
    (lease,) = lease_all(catalog)
    assert hold_back(catalog, lease, error="closed") == ListingState.PUBLISHING
    (again,) = lease_all(catalog)
    assert again.publication == lease.publication
    with catalog.read() as connection:
        assert connection.execute(select(Publications.attempts)).scalar_one() == 0
    with pytest.raises(LeaseLost):
        hold_back(catalog, lease, error="closed")


def test_a_renewed_lease_is_not_taken_over(catalog: Catalog) -> None:
    process(catalog)
    (lease,) = lease_publications(catalog, ELSEWHERE, limit=1)
    let_pass(catalog, Publications, "expires_at")
    assert renew_publications(catalog, [lease]) == (lease,)
    assert lease_all(catalog) == ()
    let_pass(catalog, Publications, "expires_at")
    (taken,) = lease_all(catalog)
    assert renew_publications(catalog, [lease]) == ()
    assert renew_publications(catalog, [taken]) == (taken,)


def test_a_success_after_a_failure_clears_the_error(catalog: Catalog) -> None:
    process(catalog)
    (lease,) = lease_all(catalog)
    record_failure(catalog, lease, error="no answer")
    assert [row.error for row in list_listings(catalog)] == ["no answer"]
    let_pass(catalog, Publications, "due_at")
    (lease,) = lease_all(catalog)
    record_receipt(catalog, lease, receipt(lease.publication))
    assert [row.error for row in list_listings(catalog)] == [None]


def test_what_is_sent_again_after_a_success_counts_its_failures_afresh(catalog: Catalog) -> None:
    process(catalog)
    for _ in range(9):
        (lease,) = lease_all(catalog)
        record_failure(catalog, lease, error="away")
        let_pass(catalog, Publications, "due_at")
    (lease,) = lease_all(catalog)
    record_receipt(catalog, lease, receipt(lease.publication))
    with catalog.write() as connection:
        connection.execute(update(Publications).values(state="pending", due_at=read_clock(connection)))
    (again,) = lease_all(catalog)

    record_failure(catalog, again, error="away")

    assert [state for _, state in states(catalog)] == ["pending"]


def test_an_older_version_that_was_not_sent_is_superseded(catalog: Catalog) -> None:
    process(catalog)
    process(catalog, etag="2")
    assert states(catalog) == [(1, PublicationState.SUPERSEDED), (2, PublicationState.PENDING)]
    (lease,) = lease_all(catalog)
    assert lease.publication.version == 2


def test_a_newer_version_that_must_wait_takes_the_older_back_before_it_is_sent(catalog: Catalog) -> None:
    process(catalog)
    process(catalog, etag="2", publishers=())
    assert lease_all(catalog) == ()
    assert state(catalog) == ListingState.WAITING


def test_a_newer_version_is_not_sent_beside_an_older(catalog: Catalog) -> None:
    process(catalog)
    (old,) = lease_all(catalog)
    process(catalog, etag="2")
    assert lease_all(catalog) == ()
    assert record_receipt(catalog, old, receipt(old.publication)) == ListingState.PUBLISHING
    (new,) = lease_all(catalog)
    assert new.publication.version == 2
    assert record_receipt(catalog, new, receipt(new.publication)) == ListingState.PUBLISHED
    assert [row.receipts for row in list_listings(catalog)] == [(receipt(new.publication),)]


def test_one_publisher_does_not_wait_for_another(catalog: Catalog) -> None:
    process(catalog, publishers=("bundle",))
    lease_all(catalog)
    process(catalog, etag="2", publishers=("bundle", "feed"))
    assert [lease.publication.publisher for lease in lease_all(catalog)] == ["feed"]


def test_an_older_version_whose_sending_failed_is_not_tried_again(catalog: Catalog) -> None:
    process(catalog)
    (old,) = lease_all(catalog)
    process(catalog, etag="2")
    record_failure(catalog, old, error="no answer")
    let_pass(catalog, Publications, "due_at")
    (new,) = lease_all(catalog)
    assert new.publication.version == 2
    assert states(catalog)[0] == (1, PublicationState.SUPERSEDED)


def test_an_older_version_whose_sender_is_lost_is_not_tried_again(catalog: Catalog) -> None:
    process(catalog)
    (old,) = lease_publications(catalog, ELSEWHERE, limit=1)
    process(catalog, etag="2")
    assert lease_all(catalog) == ()
    let_pass(catalog, Publications, "expires_at")
    (new,) = lease_all(catalog)
    assert new.publication.version == 2
    with pytest.raises(LeaseLost):
        record_receipt(catalog, old, receipt(old.publication))


def test_a_receipt_for_an_older_version_leaves_a_newer_one_due(catalog: Catalog) -> None:
    process(catalog)
    (old,) = lease_all(catalog)
    record_arrivals(catalog, [arrival("a/b", etag="2")])
    assert record_receipt(catalog, old, receipt(old.publication)) == ListingState.DUE
    (lease,) = lease_listings(catalog, this_process())
    assert lease.version == 2


def test_what_was_sent_before_is_not_sent_again_while_something_newer_is_under_way(catalog: Catalog) -> None:
    process(catalog)
    (first,) = lease_all(catalog)
    record_receipt(catalog, first, receipt(first.publication))
    process(catalog, etag="2")
    (late,) = lease_all(catalog)
    let_pass(catalog, Publications, "expires_at")
    (again,) = lease_all(catalog)

    assert not send_newest_again(catalog, late.publication)
    assert states(catalog) == [(1, "published"), (2, "leased")]
    record_receipt(catalog, again, receipt(again.publication))
    assert send_newest_again(catalog, first.publication)
    assert states(catalog) == [(1, "published"), (2, "pending")]
