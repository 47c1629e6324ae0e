"""What was given up, or waits for a fault of ours, is processed again once a person says so."""

import pytest

from models.audit import Act
from models.photo import SetAside
from models.rejection import OUR_FAULT, RejectionReason
from models.state import ListingState
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.audit import read_audit
from storage.catalog.failures import given_up_listings
from storage.catalog.forgetting import begin_forgetting
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release
from storage.catalog.reading import count_states
from storage.catalog.results import finish
from storage.catalog.retrying import listings_with_our_fault, retry_listings
from storage.catalog.schema import Listings
from tests.storage.made import A_REASON_TO_WAIT, arrival, key, let_pass, names, result


def give_up(catalog: Catalog, name: str) -> None:
    record_arrivals(catalog, [arrival(name)])
    for _ in range(5):
        (lease,) = lease_listings(catalog, this_process())
        release(catalog, lease, error="the store is away")
        let_pass(catalog, Listings, "due_at")


def set_aside(catalog: Catalog, name: str, reason: RejectionReason) -> None:
    record_arrivals(catalog, [arrival(name)])
    (lease,) = lease_listings(catalog, this_process())
    photo = SetAside(file="00.jpg", sha256=None, reason=reason)
    finish(catalog, lease, result(lease, waits=A_REASON_TO_WAIT, photos=(photo,)), ())


def test_a_listing_that_was_given_up_is_processed_again(catalog: Catalog) -> None:
    give_up(catalog, "a/1")
    assert lease_listings(catalog, this_process()) == ()

    assert retry_listings(catalog, key("a/1"), by="dewi") == 1

    assert given_up_listings(catalog, limit=9) == ()
    (lease,) = lease_listings(catalog, this_process())
    assert (str(lease.key), lease.version) == ("a/1", 2)
    # Afresh: a failure counts as its first.
    assert release(catalog, lease, error="away again") is ListingState.DUE
    (entry,) = [entry for entry in read_audit(catalog) if entry.act is Act.LISTING_RETRIED]
    assert (entry.by, entry.seller, entry.listing) == ("dewi", "a", "1")
    assert entry.detail == {"version": 2, "about": "given_up"}


@pytest.mark.parametrize("reason", sorted(OUR_FAULT))
def test_a_photo_that_our_fault_set_aside_is_tried_again(catalog: Catalog, reason: RejectionReason) -> None:
    set_aside(catalog, "a/1", reason)
    assert listings_with_our_fault(catalog, limit=9) == ((key("a/1"), 1),)

    assert retry_listings(catalog, by="dewi") == 1

    assert listings_with_our_fault(catalog, limit=9) == ()
    (lease,) = lease_listings(catalog, this_process())
    assert (str(lease.key), lease.version) == ("a/1", 2)


def test_all_are_tried_again_once_and_nothing_else_is(catalog: Catalog) -> None:
    give_up(catalog, "a/1")
    set_aside(catalog, "b/1", RejectionReason.CRASHED)
    set_aside(catalog, "b/2", RejectionReason.TRUNCATED)

    assert retry_listings(catalog, key("b/2"), by="dewi") == 0
    assert retry_listings(catalog, key("b/none"), by="dewi") == 0
    assert retry_listings(catalog, by="dewi") == 2
    assert retry_listings(catalog, by="dewi") == 0

    assert sorted(names(lease_listings(catalog, this_process()))) == ["a/1", "b/1"]
    assert retry_listings(catalog, by="dewi") == 0
    assert count_states(catalog)[ListingState.WAITING] == 1


def test_of_a_seller_who_is_being_forgotten_nothing_is_tried_again(catalog: Catalog) -> None:
    set_aside(catalog, "a/1", RejectionReason.CRASHED)
    begin_forgetting(catalog, "a", by="dewi")
    assert retry_listings(catalog, by="dewi") == 0
