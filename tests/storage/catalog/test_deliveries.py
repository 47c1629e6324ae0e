"""What queued events are about, and what ends them beside the work on a listing."""

from datetime import timedelta

from sqlalchemy import update

from models.note import SellerNote
from storage.catalog import Catalog
from storage.catalog.clock import read_clock
from storage.catalog.deliveries import (
    KEPT,
    drop_old_deliveries,
    files_of_newer_events,
    finish_looked_at,
    newest_delivery,
    queued_listings,
)
from storage.catalog.delivery_leases import finish_deliveries, lease_deliveries, note_arrived
from storage.catalog.schema import Deliveries
from tests.storage.events import changed, know, lease, states, tell, uploaded
from tests.storage.made import ELSEWHERE, key


def test_a_newer_event_keeps_an_older_one_from_the_files_that_it_has_brought(catalog: Catalog) -> None:
    know(catalog, "a")
    tell(catalog, uploaded("a/b", "1.jpg", "2.jpg", minutes=1))
    tell(catalog, uploaded("a/b", "2.jpg", minutes=3, note=SellerNote(words="baru")))
    tell(catalog, uploaded("a/b", "3.jpg", minutes=2), uploaded("a/other", "1.jpg", minutes=9))
    first, second, third = lease(catalog)
    assert files_of_newer_events(catalog, first) == {"listing.json"}
    assert files_of_newer_events(catalog, second) == frozenset()
    note_arrived(catalog, second, "2.jpg")
    assert files_of_newer_events(catalog, first) == {"2.jpg", "listing.json"}
    finish_deliveries(catalog, [third])
    assert files_of_newer_events(catalog, first) == {"2.jpg", "3.jpg", "listing.json"}
    assert files_of_newer_events(catalog, third) == {"2.jpg", "listing.json"}


def test_listings_whose_photos_are_to_be_fetched_are_named_once(catalog: Catalog) -> None:
    know(catalog, "a", "b")
    tell(catalog, uploaded("b/2"))
    tell(catalog, uploaded("a/1"), uploaded("b/2"), changed("a/3"))
    assert [str(found) for found in queued_listings(catalog, kind="photos_uploaded")] == ["b/2", "a/1"]
    assert [str(found) for found in queued_listings(catalog, kind="photos_uploaded", seller="a")] == ["a/1"]
    finish_deliveries(catalog, lease(catalog, "a/1"))
    assert [str(found) for found in queued_listings(catalog, kind="photos_uploaded")] == ["b/2"]


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


def test_a_run_for_some_listings_ends_nothing_of_the_others(catalog: Catalog) -> None:
    know(catalog, "a")
    for event in (changed("a/tas"), changed("a/tas_2"), changed("a/topi"), uploaded("a/tas"), uploaded("a/topi")):
        tell(catalog, event)

    finish_looked_at(catalog, until=newest_delivery(catalog), seller="a", prefix="tas")
    fetched = queued_listings(catalog, kind="photos_uploaded", seller="a", prefix="tas")

    assert states(catalog) == ["done", "done", "queued", "queued", "queued"]
    assert [str(found) for found in fetched] == ["a/tas"]


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
