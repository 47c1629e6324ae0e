"""A listing that its seller took away is taken down wherever it is or may be."""

import pytest

from models.publication import Action
from models.state import ListingState
from storage.catalog import Catalog
from storage.catalog.arrivals import Arrival, record_arrivals
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import lease_publications, record_failure, record_receipt
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.catalog.schema import Listings, Publications
from tests.storage.made import A_REASON_TO_WAIT, ELSEWHERE, arrival, key, let_pass, publication, receipt, result
from tests.storage.withdrawing import withdraw_listing

PUBLISH, WITHDRAW = Action.PUBLISH, Action.WITHDRAW


def process(catalog: Catalog, etag: str = "1", *, publishers: tuple[str, ...] = ("bundle",)) -> ListingState:
    record_arrivals(catalog, [arrival("a/b", etag=etag)])
    (lease,) = lease_listings(catalog, this_process())
    return finish(catalog, lease, result(lease), tuple(publication(lease, name, etag) for name in publishers))


def remove(catalog: Catalog) -> ListingState:
    """Take the listing's folder away, and process that."""
    record_arrivals(catalog, [Arrival(key=key("a/b"), photos=(), note=None)])
    let_pass(catalog, Listings, "due_at")
    (lease,) = lease_listings(catalog, this_process())
    return finish(catalog, lease, result(lease, waits=A_REASON_TO_WAIT), ())


def send(catalog: Catalog) -> list[tuple[str, Action]]:
    leases = lease_publications(catalog, this_process(), limit=9)
    for lease in leases:
        sent = receipt(lease.publication).model_copy(update={"action": lease.publication.action})
        record_receipt(catalog, lease, sent)
    return sorted((lease.publication.publisher, lease.publication.action) for lease in leases)


def test_a_removed_listing_is_taken_down_by_every_publisher(catalog: Catalog) -> None:
    process(catalog, publishers=("bundle", "shop"))
    send(catalog)
    assert remove(catalog) == ListingState.PUBLISHING
    assert send(catalog) == [("bundle", WITHDRAW), ("shop", WITHDRAW)]
    (row,) = list_listings(catalog)
    assert (row.state, row.receipts) == (ListingState.WITHDRAWN, ())


def test_a_listing_that_nobody_has_needs_no_withdrawal(catalog: Catalog) -> None:
    process(catalog)
    assert remove(catalog) == ListingState.WAITING
    assert send(catalog) == []


@pytest.mark.parametrize("given_up", [True, False])
def test_what_may_have_arrived_is_withdrawn_too(catalog: Catalog, given_up: bool) -> None:
    process(catalog)
    (lease,) = lease_publications(catalog, this_process(), limit=9)
    record_failure(catalog, lease, error="500", final=given_up)
    assert remove(catalog) == ListingState.PUBLISHING
    let_pass(catalog, Publications, "due_at")
    assert send(catalog) == [("bundle", WITHDRAW)]


def test_a_withdrawal_waits_for_what_is_just_being_sent(catalog: Catalog) -> None:
    process(catalog)
    (lease,) = lease_publications(catalog, ELSEWHERE, limit=9)
    remove(catalog)
    assert send(catalog) == []
    record_receipt(catalog, lease, receipt(lease.publication))
    assert send(catalog) == [("bundle", WITHDRAW)]


def test_a_listing_that_comes_back_is_published_again(catalog: Catalog) -> None:
    process(catalog, "1")
    send(catalog)
    remove(catalog)
    send(catalog)
    assert process(catalog, "1") == ListingState.PUBLISHING
    assert send(catalog) == [("bundle", PUBLISH)]
    (row,) = list_listings(catalog)
    assert (row.state, len(row.receipts)) == (ListingState.PUBLISHED, 1)


def test_a_listing_that_comes_back_before_it_was_taken_down_stays(catalog: Catalog) -> None:
    process(catalog, "1")
    send(catalog)
    remove(catalog)
    assert process(catalog, "1") == ListingState.PUBLISHED
    assert send(catalog) == []


def test_withdrawing_twice_is_the_same_as_once(catalog: Catalog) -> None:
    process(catalog)
    send(catalog)
    for _ in range(2):
        assert withdraw_listing(catalog, key("a/b")) == ListingState.PUBLISHING
    assert send(catalog) == [("bundle", WITHDRAW)]
    assert withdraw_listing(catalog, key("a/b")) == ListingState.WITHDRAWN
    assert send(catalog) == []
    assert remove(catalog) == ListingState.WITHDRAWN
    assert send(catalog) == []


def test_a_withdrawal_that_failed_for_good_is_tried_again_when_asked_for_again(catalog: Catalog) -> None:
    process(catalog)
    send(catalog)
    withdraw_listing(catalog, key("a/b"))
    (lease,) = lease_publications(catalog, this_process(), limit=9)
    assert record_failure(catalog, lease, error="no", final=True) == ListingState.FAILED
    assert withdraw_listing(catalog, key("a/b")) == ListingState.PUBLISHING
    assert send(catalog) == [("bundle", WITHDRAW)]


def test_a_withdrawal_that_is_being_tried_is_not_added_twice(catalog: Catalog) -> None:
    process(catalog)
    send(catalog)
    withdraw_listing(catalog, key("a/b"))
    (lease,) = lease_publications(catalog, this_process(), limit=9)
    record_failure(catalog, lease, error="no answer")
    assert withdraw_listing(catalog, key("a/b")) == ListingState.PUBLISHING
    let_pass(catalog, Publications, "due_at")
    assert send(catalog) == [("bundle", WITHDRAW)]
    assert send(catalog) == []


def test_a_listing_that_is_not_known_cannot_be_withdrawn(catalog: Catalog) -> None:
    with pytest.raises(LookupError):
        withdraw_listing(catalog, key("a/b"))
