"""What says nothing new is not published again; what goes back to something old is."""

import pytest
from sqlalchemy import select, update

from models.lease import LeaseLost
from models.publication import Publication
from models.state import ListingState
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.backfill import AGAIN, backfill
from storage.catalog.clock import read_clock
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.outbox import enqueue
from storage.catalog.publication_leases import lease_publications, record_failure, record_receipt
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.catalog.schema import Listings, Publications, Publishers
from tests.storage.made import ELSEWHERE, arrival, key, let_pass, publication, receipt, result


def process(
    catalog: Catalog, etag: str, content: str, *, publishers: tuple[str, ...] = ("bundle",)
) -> ListingState:
    """Process a new state of the listing, which says ``content``."""
    record_arrivals(catalog, [arrival("a/b", etag=etag)])
    (lease,) = lease_listings(catalog, this_process())
    made = tuple(publication(lease, name, content) for name in publishers)
    return finish(catalog, lease, result(lease), made)


def send(catalog: Catalog) -> list[str]:
    """Send everything that is due and return what was said."""
    leases = lease_publications(catalog, this_process(), limit=9)
    for lease in leases:
        record_receipt(catalog, lease, receipt(lease.publication))
    return [lease.publication.content for lease in leases]


def state(catalog: Catalog) -> ListingState:
    (row,) = list_listings(catalog)
    return row.state


def test_a_touched_photo_with_the_same_content_is_not_published_again(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    assert send(catalog) == ["A"]
    assert process(catalog, "2", "A") == ListingState.PUBLISHED
    assert send(catalog) == []
    (row,) = list_listings(catalog)
    assert (row.state, row.version, len(row.receipts)) == (ListingState.PUBLISHED, 2, 1)


def test_a_touched_photo_leaves_what_is_still_to_be_sent_as_it_is(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    assert process(catalog, "2", "A") == ListingState.PUBLISHING
    assert send(catalog) == ["A"]
    assert state(catalog) == ListingState.PUBLISHED
    assert send(catalog) == []


def test_a_touched_photo_leaves_what_is_just_being_sent_as_it_is(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    (lease,) = lease_publications(catalog, this_process(), limit=9)
    assert process(catalog, "2", "A") == ListingState.PUBLISHING
    assert send(catalog) == []
    assert record_receipt(catalog, lease, receipt(lease.publication)) == ListingState.PUBLISHED


def test_a_publisher_that_is_new_gets_it_all_the_same(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    send(catalog)
    assert process(catalog, "2", "A", publishers=("bundle", "feed")) == ListingState.PUBLISHING
    assert send(catalog) == ["A"]
    assert state(catalog) == ListingState.PUBLISHED


def test_going_back_before_anything_else_was_sent_sends_nothing(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    send(catalog)
    process(catalog, "2", "B")
    assert process(catalog, "3", "A") == ListingState.PUBLISHED
    assert send(catalog) == []


def test_going_back_while_the_first_is_being_sent_still_has_it_arrive(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    (lease,) = lease_publications(catalog, this_process(), limit=9)
    process(catalog, "2", "B")
    process(catalog, "3", "A")
    record_failure(catalog, lease, error="no answer")
    let_pass(catalog, Publications, "due_at")
    assert send(catalog) == ["A"]
    assert state(catalog) == ListingState.PUBLISHED


def test_going_back_after_something_else_may_have_arrived_sends_it_again(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    send(catalog)
    process(catalog, "2", "B")
    (lost,) = lease_publications(catalog, ELSEWHERE, limit=9)
    process(catalog, "3", "A")
    let_pass(catalog, Publications, "expires_at")
    assert send(catalog) == ["A"]
    with pytest.raises(LeaseLost):
        record_receipt(catalog, lost, receipt(lost.publication))


def test_what_failed_for_good_is_tried_again_when_the_photo_is_touched(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    (lease,) = lease_publications(catalog, this_process(), limit=9)
    assert record_failure(catalog, lease, error="refused", final=True) == ListingState.FAILED
    assert process(catalog, "2", "A") == ListingState.PUBLISHING
    assert send(catalog) == ["A"]


def test_one_version_may_go_back_to_what_it_said_before(catalog: Catalog) -> None:
    """As when a person corrects a title, and takes the correction back."""
    process(catalog, "1", "A")
    assert send(catalog) == ["A"]
    keys = set()
    for content in ("B", "A", "B", "A"):
        said = Publication(key=key("a/b"), version=1, publisher="bundle", identity="recipe-1", content=content)
        for _ in range(2):
            with catalog.write() as connection:
                listing = connection.execute(select(Listings.id)).scalar_one()
                enqueue(connection, listing, 1, [said])
        assert send(catalog) == [content]
        with catalog.read() as connection:
            keys |= set(connection.scalars(select(Publications.idempotency_key)))
    assert len(keys) == 5


def test_a_publisher_that_is_declared_later_catches_up(catalog: Catalog) -> None:
    process(catalog, "1", "A")
    send(catalog)
    assert backfill(catalog, ("bundle",)) == 0
    assert backfill(catalog, ("bundle", "google", "shop")) == 1
    assert backfill(catalog, ("bundle", "google", "shop")) == 0
    leases = lease_publications(catalog, this_process(), limit=9)
    assert {"google", "shop"} <= {lease.publication.publisher for lease in leases}
    for lease in leases:
        record_receipt(catalog, lease, receipt(lease.publication))
    assert state(catalog) == ListingState.PUBLISHED
    assert backfill(catalog, ("bundle", "google", "shop")) == 0


def test_what_a_worker_published_that_did_not_know_of_a_publisher_yet_is_found_a_day_later(
    catalog: Catalog,
) -> None:
    assert backfill(catalog, ("bundle", "shop")) == 0
    process(catalog, "1", "A")
    send(catalog)
    assert backfill(catalog, ("bundle", "shop")) == 0
    with catalog.write() as connection:
        yesterday = read_clock(connection) - AGAIN
        connection.execute(update(Publishers).values(caught_up_at=yesterday))

    assert backfill(catalog, ("bundle", "shop")) == 1
