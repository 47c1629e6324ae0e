import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.state import ListingState
from models.store import InvalidKey, ObjectInfo
from storage import discovery
from storage.catalog import Catalog, arrivals
from storage.catalog.arrivals import ArrivalCounts
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import list_listings
from storage.catalog.schema import Listings, Photos, Sellers
from storage.discovery import Discovery, discover
from storage.object_store import open_store
from tests.storage.made import LONG_AGO, ListedStore, key, names, now


@pytest.fixture
def store() -> ListedStore:
    return ListedStore()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "BATCH", 2)
    monkeypatch.setattr(arrivals, "PAGE", 2)


def versions(catalog: Catalog) -> dict[str, int]:
    return {str(row.key): row.version for row in list_listings(catalog)}


def test_photos_and_notes_become_listings(catalog: Catalog, store: ListedStore) -> None:
    store.add("raw/bu-sari/keripik/1.jpg", "raw/bu-sari/keripik/detail/2 😀.jpg", "raw/bu-sari/keripik/note.txt")
    store.add("raw/pak budi/ukiran/listing.json", "raw/pak budi/ukiran/note.txt", "raw/pak budi/ukiran/a.exe")
    assert discover(store, catalog) == Discovery(listings=2, new=2, photos=3)
    by_name = {str(lease.key): lease for lease in lease_listings(catalog, this_process())}
    assert by_name["bu-sari/keripik"].files == ("1.jpg", "detail/2 😀.jpg")
    assert by_name["bu-sari/keripik"].note_file == "note.txt"
    assert by_name["pak budi/ukiran"].files == ("a.exe",)
    assert by_name["pak budi/ukiran"].note_file == "listing.json"


def test_what_is_hidden_or_unfinished_is_passed_over(catalog: Catalog, store: ListedStore) -> None:
    store.add("raw/a/b/.DS_Store", "raw/a/b/.trash/1.jpg", "raw/a/.hidden/1.jpg", "raw/a/b/1.jpg.part")
    store.add("raw/a/b/2.JPG.TMP", "raw/a/b/", "raw/a/", "raw/", "renditions/a/b/1.jpg", "raw/a/b/1.jpg")
    assert discover(store, catalog) == Discovery(listings=1, new=1, photos=1)


def test_strays_are_counted_and_named(catalog: Catalog, store: ListedStore) -> None:
    odd = ("raw/1.jpg", "raw/a/1.jpg", "raw//b/1.jpg", "raw/a//1.jpg", "raw/a/b/../1.jpg", "raw/a/b/c\\d")
    store.add(*odd, "raw/z/b/1\udcff.jpg")
    found = discover(store, catalog)
    assert (found.listings, found.strays) == (0, 7)
    assert set(found.stray_keys) == {*odd, "raw/z/b/1\\udcff.jpg"}


def test_only_so_many_strays_are_named(catalog: Catalog, store: ListedStore) -> None:
    store.add(*(f"raw/{number}.jpg" for number in range(150)))
    found = discover(store, catalog)
    assert (found.strays, len(found.stray_keys)) == (150, 100)


def test_what_has_not_changed_is_left_untouched(catalog: Catalog, store: ListedStore) -> None:
    store.add("raw/a/b/1.jpg", "raw/a/c/1.jpg")
    discover(store, catalog)
    store.add("raw/a/c/1.jpg", etag="2")
    assert discover(store, catalog) == Discovery(listings=2, changed=1, unchanged=1, photos=2)
    assert versions(catalog) == {"a/b": 1, "a/c": 2}


@pytest.mark.parametrize("file", ["2.jpg", "note.txt", "listing.json"])
def test_what_comes_later_makes_a_new_version(catalog: Catalog, store: ListedStore, file: str) -> None:
    store.add("raw/a/b/1.jpg")
    discover(store, catalog)
    store.add(f"raw/a/b/{file}")
    assert discover(store, catalog).changed == 1
    assert versions(catalog) == {"a/b": 2}
    assert discover(store, catalog).unchanged == 1


def test_a_vanished_photo_makes_a_new_version_without_it(catalog: Catalog, store: ListedStore) -> None:
    store.add("raw/a/b/1.jpg", "raw/a/b/2.jpg")
    discover(store, catalog)
    del store.objects["raw/a/b/1.jpg"]
    assert discover(store, catalog).changed == 1
    (lease,) = lease_listings(catalog, this_process())
    assert (lease.version, lease.files) == (2, ("2.jpg",))
    with catalog.read() as connection:
        found = select(Photos.file, Photos.present).order_by(Photos.file)
        assert [tuple(row) for row in connection.execute(found)] == [("1.jpg", False), ("2.jpg", True)]


@pytest.mark.usefixtures("small_batches")
def test_a_listing_that_is_taken_away_is_due_once_without_photos(catalog: Catalog, store: ListedStore) -> None:
    store.add(*(f"raw/a/{number}/1.jpg" for number in range(7)), "raw/b/1/1.jpg")
    discover(store, catalog)
    gone = ["raw/a/0/1.jpg", "raw/a/2/1.jpg", "raw/a/3/1.jpg", "raw/a/6/1.jpg", "raw/b/1/1.jpg"]
    kept = {name: store.objects.pop(name) for name in gone}
    assert discover(store, catalog) == Discovery(listings=8, changed=5, unchanged=3, photos=3)
    assert discover(store, catalog) == Discovery(listings=3, unchanged=3, photos=3)
    assert [row.photo_count for row in list_listings(catalog)] == [0, 1, 0, 0, 1, 1, 0, 0]
    store.objects |= kept
    assert discover(store, catalog).changed == 5
    assert versions(catalog)["a/6"] == 3


def test_a_listing_that_came_while_the_store_was_listed_has_not_vanished(
    catalog: Catalog, store: ListedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add("raw/a/2/1.jpg")
    record = discovery.record_arrivals

    def record_after_another_discovery(*arguments: object, **named: object) -> object:
        monkeypatch.setattr(discovery, "record_arrivals", record)
        store.add("raw/a/1/1.jpg", "raw/a/3/1.jpg")
        discover(store, catalog)
        return record(*arguments, **named)

    monkeypatch.setattr(discovery, "record_arrivals", record_after_another_discovery)
    discover(store, catalog)
    assert versions(catalog) == {"a/1": 1, "a/2": 1, "a/3": 1}


@pytest.mark.parametrize("known", [False, True])
def test_a_photo_that_comes_after_a_look_and_is_found_by_another_one_stays(
    catalog: Catalog, store: ListedStore, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    store.add("raw/a/b/1.jpg")
    if known:
        discover(store, catalog)
    record = discovery.record_arrivals

    def record_after_another_look(*arguments: object, **named: object) -> object:
        monkeypatch.setattr(discovery, "record_arrivals", record)
        store.add("raw/a/b/2.jpg")
        discovery.discover_listing(store, catalog, key("a/b"))
        return record(*arguments, **named)

    monkeypatch.setattr(discovery, "record_arrivals", record_after_another_look)
    discover(store, catalog)

    assert versions(catalog) == {"a/b": 1 + known}
    (lease,) = lease_listings(catalog, this_process())
    assert lease.files == ("1.jpg", "2.jpg")


def test_a_listing_that_changes_while_it_is_looked_at_again_is_looked_at_once_more(
    catalog: Catalog, store: ListedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add("raw/a/b/1.jpg")
    discover(store, catalog)
    store.add("raw/a/b/2.jpg")
    listed = store.list

    def list_and_be_overtaken(prefix: str) -> Iterator[ObjectInfo]:
        found = list(listed(prefix))
        if prefix == "raw/a/b/":
            monkeypatch.setattr(store, "list", listed)
            store.add("raw/a/b/3.jpg")
            discovery.discover_listing(store, catalog, key("a/b"))
        return iter(found)

    monkeypatch.setattr(store, "list", list_and_be_overtaken)
    assert discover(store, catalog).unchanged == 1

    assert versions(catalog) == {"a/b": 2}
    (lease,) = lease_listings(catalog, this_process())
    assert lease.files == ("1.jpg", "2.jpg", "3.jpg")


@pytest.mark.usefixtures("small_batches")
def test_the_store_is_asked_for_the_next_listings_while_the_last_are_looked_up(
    catalog: Catalog, store: ListedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add(*(f"raw/a/{number}/1.jpg" for number in range(5)))
    listed, record = store.list, discovery.record_arrivals
    asked_on = threading.Event()

    def list_and_tell(prefix: str) -> Iterator[ObjectInfo]:
        for info in listed(prefix):
            # The one before it is read in any case, to see that the first two listings are whole.
            if info.key == "raw/a/3/1.jpg":
                asked_on.set()
            yield info

    def record_once_asked_on(*arguments: Any, **named: Any) -> ArrivalCounts:  # noqa: ANN401
        assert asked_on.wait(30)
        return record(*arguments, **named)

    monkeypatch.setattr(store, "list", list_and_tell)
    monkeypatch.setattr(discovery, "record_arrivals", record_once_asked_on)

    assert discover(store, catalog) == Discovery(listings=5, new=5, photos=5)


@pytest.mark.usefixtures("small_batches")
def test_one_seller_may_be_looked_at_alone(catalog: Catalog, store: ListedStore) -> None:
    store.add("raw/a/1/1.jpg", "raw/a-b/1/1.jpg", "raw/ab/1/1.jpg", "raw/a/2/1.jpg", "raw/1.jpg")
    assert discover(store, catalog, seller="a") == Discovery(listings=2, new=2, photos=2)
    discover(store, catalog)
    store.objects.clear()
    assert discover(store, catalog, seller="a") == Discovery(listings=2, changed=2)
    assert versions(catalog) == {"a-b/1": 1, "a/1": 2, "a/2": 2, "ab/1": 1}


@pytest.mark.parametrize("seller", ["", "..", "a/b", "a\0"])
def test_a_seller_that_no_key_names_is_refused(catalog: Catalog, store: ListedStore, seller: str) -> None:
    with pytest.raises(InvalidKey):
        discover(store, catalog, seller=seller)


def test_a_listing_settles_after_its_last_file_unless_its_note_says_that_it_is_whole(
    catalog: Catalog, store: ListedStore
) -> None:
    begun = now(catalog)
    hour, second = timedelta(hours=1), timedelta(seconds=1)
    store.add("raw/a/old/1.jpg", "raw/a/late/1.jpg", "raw/a/late-note/1.jpg", modified=LONG_AGO)
    store.add("raw/a/late/2.jpg", "raw/a/late-note/note.txt", modified=begun - 2 * second)
    store.add("raw/a/whole/1.jpg", "raw/a/whole/listing.json", modified=begun)
    store.add("raw/a/clock-ahead/1.jpg", modified=begun + hour)
    discover(store, catalog)
    done = now(catalog)
    with catalog.read() as connection:
        rows = connection.execute(select(Listings.listing, Listings.due_at))
        due = {row.listing: row.due_at for row in rows}
    assert due["old"] == LONG_AGO + 10 * second
    assert due["late"] == due["late-note"] == begun + 8 * second
    assert due["whole"] is not None
    assert begun <= due["whole"] <= done
    assert due["clock-ahead"] is not None
    assert begun <= due["clock-ahead"] - 10 * second <= done
    assert sorted(names(lease_listings(catalog, this_process()))) == ["a/old", "a/whole"]


def test_a_new_version_during_a_lease_leaves_it_leased(catalog: Catalog, store: ListedStore) -> None:
    store.add("raw/a/b/1.jpg")
    discover(store, catalog)
    lease_listings(catalog, this_process())
    store.add("raw/a/b/2.jpg")
    discover(store, catalog)
    (row,) = list_listings(catalog)
    assert (row.state, row.version, row.photo_count) == (ListingState.LEASED, 2, 2)


def test_sellers_are_known_by_name(catalog: Catalog, store: ListedStore) -> None:
    store.add("raw/bu sari/1/1.jpg", "raw/bu sari/2/1.jpg", "raw/pak-budi/1/1.jpg")
    discover(store, catalog)
    store.add("raw/bu sari/1/2.jpg")
    discover(store, catalog)
    with catalog.read() as connection:
        assert connection.scalars(select(Sellers.name).order_by(Sellers.name)).all() == ["bu sari", "pak-budi"]


def test_a_real_store_is_discovered(catalog: Catalog, store_url: str) -> None:
    real = open_store(store_url)
    for name in ("1.jpg", "foto dua 😀.jpg", "listing.json"):
        real.put(f"raw/bu-sari/keripik/{name}", name.encode(), media_type="image/jpeg")
    assert discover(real, catalog) == Discovery(listings=1, new=1, photos=2)
    assert discover(real, catalog) == Discovery(listings=1, unchanged=1, photos=2)
    (lease,) = lease_listings(catalog, this_process())
    assert [real.get(photo.raw) for photo in lease.photos] == [file.encode() for file in lease.files]
    real.put("raw/bu-sari/keripik/1.jpg", b"a retake", media_type="image/jpeg")
    assert discover(real, catalog) == Discovery(listings=1, changed=1, photos=2)


def test_a_listing_whose_result_could_not_be_named_is_a_stray(catalog: Catalog, store: ListedStore) -> None:
    store.add(f"raw/ibu-ani/{'n' * 253}/depan.jpg")  # its result's name would be too long
    found = discover(store, catalog)
    assert (found.listings, found.strays) == (0, 1)
