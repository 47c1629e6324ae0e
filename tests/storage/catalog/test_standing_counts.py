"""Figures for operations: each held against a catalog whose content is known."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from models.photo import SetAside
from models.rejection import RejectionReason
from models.state import ListingState
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.clock import read_clock
from storage.catalog.dead_letters import retry_dead_letters
from storage.catalog.delivery_leases import finish_deliveries, postpone_deliveries
from storage.catalog.failures import given_up_listings, postponed_listings
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release
from storage.catalog.publication_leases import lease_publications, record_failure, record_receipt
from storage.catalog.results import finish
from storage.catalog.revisions import newest_revision
from storage.catalog.schema import Listings, Photos
from storage.catalog.sizes import read_sizes
from storage.catalog.standing_counts import NOT_NOTED, count_standing
from storage.catalog.throughput import Amount, finished_by_hour
from storage.catalog.uploads import begin_upload
from tests.storage.events import changed, lease, tell
from tests.storage.made import A_REASON_TO_WAIT, arrival, key, let_pass, publication, receipt, result
from tests.storage.plans import steps_of, whole_tables


def broken(file: str, reason: RejectionReason) -> SetAside:
    return SetAside(file=file, sha256=None, reason=reason)


def fill(catalog: Catalog) -> None:
    """Six listings: two published, one not everywhere; one each waits, failed, is postponed, due."""
    for name, publishers in (("a/1", ("bundle", "shop")), ("a/2", ("bundle",)), ("a/3", ())):
        record_arrivals(catalog, [arrival(name, photos=2)])
        (taken,) = lease_listings(catalog, this_process())
        photos = (broken("00.jpg", RejectionReason.TRUNCATED), broken("01.jpg", RejectionReason.CRASHED))
        made = result(taken, waits=() if publishers else A_REASON_TO_WAIT, photos=photos[: len(publishers) or 2])
        finish(catalog, taken, made, tuple(publication(taken, publisher) for publisher in publishers))
    for sending in lease_publications(catalog, this_process(), limit=9):
        if sending.publication.publisher == "shop":
            record_failure(catalog, sending, error="402 no money", final=True)
        else:
            record_receipt(catalog, sending, receipt(sending.publication))
    record_arrivals(catalog, [arrival("b/failed")])
    for _ in range(5):
        (taken,) = lease_listings(catalog, this_process())
        release(catalog, taken, error="the disk is full")
        let_pass(catalog, Listings, "due_at")
    record_arrivals(catalog, [arrival("b/postponed")])
    (taken,) = lease_listings(catalog, this_process())
    release(catalog, taken, error="S3 is away", retry_after=3000)
    record_arrivals(catalog, [arrival("b/due")])
    tell(catalog, changed("a/1"), changed("a/2"), changed("a/3"))
    finish_deliveries(catalog, lease(catalog, "a/1"), error="1.jpg: 404")
    postpone_deliveries(catalog, lease(catalog, "a/2"), error="1.jpg: 503")
    begin_upload(catalog, key("a/9"), sender_key="1", stem="a", size=9, by="sari")


def test_every_figure_is_what_the_catalog_holds(catalog: Catalog) -> None:
    fill(catalog)
    with catalog.write() as connection:
        past = read_clock(connection) - timedelta(hours=2)
        connection.execute(update(Listings).where(Listings.listing == "due").values(due_at=past))

    counts = count_standing(catalog)

    assert {state: count for state, count in counts.listings.items() if count} == {
        ListingState.FAILED: 2,
        ListingState.PUBLISHED: 1,
        ListingState.WAITING: 1,
        ListingState.DUE: 2,
    }
    assert counts.set_aside == {"truncated": 3, "crashed": 2}
    assert (counts.outbox_pending, counts.outbox_dead, counts.published) == (0, 1, {"bundle": 2})
    assert (counts.deliveries_waiting, counts.deliveries_dead, counts.uploads) == (2, 1, 1)
    assert counts.postponed == {"listings": 1, "publications": 0, "deliveries": 1}
    assert 7200 <= counts.oldest_due["listings"] < 7500
    assert counts.oldest_due["publications"] == 0

    (failed,) = given_up_listings(catalog, limit=9)
    assert (failed.key, failed.attempts, failed.error, failed.due_at) == (
        key("b/failed"),
        5,
        "the disk is full",
        None,
    )
    (postponed,) = postponed_listings(catalog, limit=9)
    assert (postponed.key, postponed.error, postponed.due_at is not None) == (
        key("b/postponed"),
        "S3 is away",
        True,
    )

    assert retry_dead_letters(catalog, key("a/1"), by="sari") == 1
    again = count_standing(catalog)
    assert (again.outbox_pending, again.outbox_dead) == (1, 0)

    sizes = read_sizes(catalog)
    assert sizes.revision == newest_revision()
    assert sizes.bytes > 10_000
    assert sizes.photo_bytes == 1
    assert sizes.estimated or sizes.rows == {"sellers": 2, "listings": 6, "photos": 9}


def test_a_photo_that_comes_anew_or_goes_is_set_aside_no_more(catalog: Catalog) -> None:
    for etag, photos, left in (("1", 2, {"truncated": 2}), ("2", 1, {"truncated": 1})):
        record_arrivals(catalog, [arrival("a/1", photos=photos, etag=etag)])
        assert count_standing(catalog).set_aside == {}
        (taken,) = lease_listings(catalog, this_process())
        each = tuple(broken(f"{number:02}.jpg", RejectionReason.TRUNCATED) for number in range(photos))
        finish(catalog, taken, result(taken, waits=A_REASON_TO_WAIT, photos=each), ())
        assert count_standing(catalog).set_aside == left

    with catalog.write() as connection:
        connection.execute(update(Photos).values(reason=None))
    assert count_standing(catalog).set_aside == {NOT_NOTED: 1}


def test_what_was_finished_is_added_up_by_the_hour_and_a_week_ago_is_past(catalog: Catalog) -> None:
    for name in ("a/1", "a/2", "a/old"):
        record_arrivals(catalog, [arrival(name, photos=3)])
        (taken,) = lease_listings(catalog, this_process())
        finish(catalog, taken, result(taken, waits=A_REASON_TO_WAIT), ())
    with catalog.write() as connection:
        now = read_clock(connection)
        for name, past in (("1", timedelta(hours=3)), ("2", timedelta(hours=3)), ("old", timedelta(days=8))):
            moved = update(Listings).where(Listings.listing == name)
            connection.execute(moved.values(finished_at=now.replace(minute=30) - past))

    told, amounts = finished_by_hour(catalog, days=7)

    hour = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=3)
    assert amounts == {hour: Amount(listings=2, photos=6)}
    assert told >= now
    assert Amount(1, 2) + Amount(3, 4) == Amount(4, 6)


@pytest.fixture
def small(sqlite_url: str) -> Iterator[Catalog]:
    catalog = open_catalog(sqlite_url)
    yield catalog
    catalog.close()


def test_throughput_failures_and_what_is_set_aside_are_found_by_their_indexes(small: Catalog) -> None:
    steps = steps_of(
        small,
        lambda: (
            finished_by_hour(small, days=7),
            postponed_listings(small, limit=9),
            given_up_listings(small, limit=9),
        ),
    )
    assert any("COVERING INDEX ix_listings_finished_at" in step for step in steps)
    assert whole_tables([step for step in steps if "ix_listings_postponed" not in step]) == []

    # What is counted is counted within an index, never by reading the rows themselves.
    counted = steps_of(small, lambda: count_standing(small))
    assert any("ix_photos_set_aside" in step for step in counted)
    assert any("ix_publications_begun" in step for step in counted)
    assert [step for step in whole_tables(counted) if "INDEX" not in step] == []
