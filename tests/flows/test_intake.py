"""What the webhook has queued is taken in: linked photos come to lie where all photos do, the newest of each."""

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from config.settings import Settings
from flows import intake
from flows.intake import discover_all, discover_queued, taken_in
from models.event import ObjectChanged, PhotoLink, PhotosUploaded, Received
from models.listing import ListingKey
from models.note import SellerNote
from models.state import ListingState
from models.store import ObjectStore, StoreError
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrival_schema import Takes
from storage.catalog.arrivals import record_arrivals
from storage.catalog.calling import call_due
from storage.catalog.deliveries import newest_delivery
from storage.catalog.delivery_leases import lease_deliveries
from storage.catalog.event_queue import queue
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.pending import is_pending
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.catalog.schema import Deliveries, Listings
from storage.catalog.waiting_deliveries import retry_deliveries
from storage.object_store import open_store
from tests.photos_with_gps import place_of, with_exif
from tests.servers.photo_host import HOST, PhotoHost, ok
from tests.storage.made import A_REASON_TO_WAIT, ELSEWHERE, arrival, key, let_pass, result

pytestmark = pytest.mark.usefixtures("as_if_public")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PLACE = "raw/ibu-ani/tampah"


@dataclass
class Shop:
    """An installation, and a host whose answers a test sets by path; any other path is not there."""

    settings: Settings
    store: ObjectStore
    catalog: Catalog
    port: int
    answers: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def serve(self, connection: ssl.SSLSocket) -> None:
        path = connection.recv(65536).split()[1].decode()
        self.asked.append(path)
        connection.sendall(self.answers.get(path, b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n"))

    def tell(self, *paths: str, minutes: int = 0, words: str | None = None, name: str = "ibu-ani/tampah") -> None:
        """Queue the marketplace's event: the photos behind ``paths``, named after their ends."""
        photos = tuple(
            PhotoLink(file=path.rpartition("/")[2], url=f"https://{HOST}:{self.port}{path}") for path in paths
        )
        note = None if words is None else SellerNote(words=words)
        at = NOON + timedelta(minutes=minutes)
        event = PhotosUploaded(key=key(name), at=at, photos=photos, note=note)
        queue(self.catalog, [Received(identity=str(newest_delivery(self.catalog)), event=event)])

    def look(self) -> None:
        discover_all(self.settings, self.store, self.catalog)

    def photos(self) -> dict[str, bytes]:
        return {found.key.removeprefix("raw/"): self.store.get(found.key) for found in self.store.list("raw/")}

    def deliveries(self) -> list[tuple[str, str | None]]:
        with self.catalog.read() as connection:
            found = select(Deliveries.state, Deliveries.error).order_by(Deliveries.id)
            return [tuple(row) for row in connection.execute(found)]

    def states(self) -> dict[str, ListingState]:
        return {row.key.listing: row.state for row in list_listings(self.catalog)}


@pytest.fixture(params=[("folder_url", "sqlite_url"), ("s3_url", "postgresql_url")], ids=["one machine", "scaled"])
def shop(
    request: pytest.FixtureRequest, photo_host: PhotoHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    """An installation that knows the seller."""
    monkeypatch.chdir(tmp_path)
    store, catalog = (request.getfixturevalue(name) for name in request.param)
    settings = Settings(store=store, catalog=catalog, link_hosts=(f"{HOST}:{photo_host.port}",))
    opened = open_catalog(catalog)
    record_arrivals(opened, [arrival("ibu-ani/first")])
    shop = Shop(settings, open_store(store), opened, photo_host.port)
    photo_host.serve = shop.serve
    yield shop
    opened.close()


def test_linked_photos_and_her_words_come_to_lie_with_the_others(shop: Shop) -> None:
    shop.answers = {"/a/1.jpg": ok(b"one"), "/a/2.jpg": ok(b"two")}
    shop.tell("/a/1.jpg", "/a/2.jpg", words="Tampah 45rb")
    shop.look()
    assert shop.photos() == {
        "ibu-ani/tampah/1.jpg": b"one",
        "ibu-ani/tampah/2.jpg": b"two",
        "ibu-ani/tampah/listing.json": b'{"words":"Tampah 45rb","price":null}',
    }
    assert shop.deliveries() == [("done", None)]
    assert shop.states()["tampah"] is ListingState.DUE


def test_of_where_a_linked_photo_was_taken_nothing_is_kept(shop: Shop) -> None:
    shop.answers = {"/1.jpg": ok(with_exif("JPEG"))}
    shop.tell("/1.jpg")
    shop.look()
    before = list(shop.store.list("raw/"))
    assert not place_of(shop.store.get(f"{PLACE}/1.jpg"))
    shop.tell("/1.jpg")
    shop.look()
    assert list(shop.store.list("raw/")) == before


def test_an_older_event_that_comes_later_overwrites_nothing(shop: Shop) -> None:
    shop.answers = {"/new/1.jpg": ok(b"new"), "/old/1.jpg": ok(b"old"), "/old/2.jpg": ok(b"other")}
    shop.tell("/new/1.jpg", words="baru", minutes=1)
    shop.look()
    shop.tell("/old/1.jpg", "/old/2.jpg", words="lama", minutes=0)
    shop.look()
    assert shop.photos() == {
        "ibu-ani/tampah/1.jpg": b"new",
        "ibu-ani/tampah/2.jpg": b"other",
        "ibu-ani/tampah/listing.json": b'{"words":"baru","price":null}',
    }


@pytest.mark.parametrize("newer_comes_first", [False, True])
def test_a_newer_event_whose_link_is_dead_costs_no_older_photo(shop: Shop, newer_comes_first: bool) -> None:
    shop.answers = {"/old/1.jpg": ok(b"old"), "/old/2.jpg": ok(b"old, too"), "/new/2.jpg": ok(b"new")}
    events = [(("/old/1.jpg", "/old/2.jpg"), "lama", 0), (("/new/1.jpg", "/new/2.jpg"), "baru", 1)]
    for paths, words, minutes in reversed(events) if newer_comes_first else events:
        shop.tell(*paths, words=words, minutes=minutes)
    shop.look()
    assert shop.photos() == {
        "ibu-ani/tampah/1.jpg": b"old",
        "ibu-ani/tampah/2.jpg": b"new",
        "ibu-ani/tampah/listing.json": b'{"words":"baru","price":null}',
    }
    assert sorted(state for state, _ in shop.deliveries()) == ["done", "failed"]


def test_an_older_event_overwrites_nothing_that_a_newer_one_brought_before_it_failed(shop: Shop) -> None:
    shop.answers = {"/old/1.jpg": ok(b"old"), "/old/2.jpg": ok(b"old, too"), "/new/2.jpg": ok(b"new")}
    shop.tell("/new/1.jpg", "/new/2.jpg", minutes=1)
    shop.look()
    del shop.answers["/new/2.jpg"]
    shop.tell("/old/1.jpg", "/old/2.jpg", minutes=0)
    shop.look()
    assert shop.photos() == {"ibu-ani/tampah/1.jpg": b"old", "ibu-ani/tampah/2.jpg": b"new"}


def test_an_event_that_is_retried_when_newer_ones_came_overwrites_nothing(shop: Shop) -> None:
    shop.answers = {"/old/2.jpg": ok(b"old, too"), "/new/1.jpg": ok(b"new")}
    shop.tell("/old/1.jpg", "/old/2.jpg", minutes=0)
    shop.tell("/new/1.jpg", "/new/gone.jpg", minutes=1)
    shop.look()
    shop.answers["/old/1.jpg"] = ok(b"old")
    assert retry_deliveries(shop.catalog, by="sari") == 2
    shop.look()
    assert shop.photos() == {"ibu-ani/tampah/1.jpg": b"new", "ibu-ani/tampah/2.jpg": b"old, too"}


def test_to_take_the_same_in_again_changes_nothing(shop: Shop) -> None:
    shop.answers = {"/1.jpg": ok(b"one")}
    shop.tell("/1.jpg")
    shop.look()
    before = list(shop.store.list("raw/"))
    shop.tell("/1.jpg")
    shop.look()
    assert list(shop.store.list("raw/")) == before
    assert shop.asked == ["/1.jpg", "/1.jpg"]


def test_a_link_that_gives_nothing_costs_that_photo_alone_and_is_on_record(shop: Shop) -> None:
    shop.answers = {"/1.jpg": ok(b"one")}
    shop.tell("/gone.jpg", "/1.jpg", words="Tampah")
    shop.look()
    assert set(shop.photos()) == {"ibu-ani/tampah/1.jpg", "ibu-ani/tampah/listing.json"}
    ((state, error),) = shop.deliveries()
    assert state == "failed"
    assert error is not None
    assert error.startswith("gone.jpg: the server answers 404")


def test_a_host_in_trouble_is_asked_again_and_her_words_wait_for_the_photo(shop: Shop) -> None:
    shop.answers = {"/1.jpg": ok(b"one"), "/2.jpg": b"HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n"}
    shop.tell("/1.jpg", "/2.jpg", words="Tampah")
    shop.look()
    assert set(shop.photos()) == {"ibu-ani/tampah/1.jpg"}
    assert [state for state, _ in shop.deliveries()] == ["queued"]
    shop.answers["/2.jpg"] = ok(b"two")
    shop.look()
    assert len(shop.photos()) == 3
    assert shop.deliveries() == [("done", None)]


def test_after_five_times_the_listing_goes_on_without_that_photo(shop: Shop) -> None:
    shop.answers = {"/1.jpg": ok(b"one"), "/2.jpg": b"HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n"}
    shop.tell("/1.jpg", "/2.jpg", words="Tampah")
    for _ in range(5):
        shop.look()
    assert set(shop.photos()) == {"ibu-ani/tampah/1.jpg", "ibu-ani/tampah/listing.json"}
    assert [state for state, _ in shop.deliveries()] == ["failed"]
    assert shop.asked.count("/2.jpg") == 5


def test_a_host_that_was_allowed_when_it_was_told_and_is_no_more_is_not_asked(shop: Shop) -> None:
    shop.tell("/1.jpg")
    shop.settings = shop.settings.model_copy(update={"link_hosts": ()})
    shop.look()
    assert (shop.asked, [state for state, _ in shop.deliveries()]) == ([], ["failed"])


def test_what_somebody_else_takes_in_is_left_to_them(shop: Shop) -> None:
    shop.tell("/1.jpg")
    lease_deliveries(shop.catalog, ELSEWHERE, key("ibu-ani/tampah"))
    shop.look()
    assert (shop.asked, shop.deliveries()) == ([], [("queued", None)])


def test_a_look_at_the_store_ends_what_the_store_has_told(shop: Shop) -> None:
    shop.store.put(f"{PLACE}/1.jpg", b"one", media_type="image/jpeg")
    queue(shop.catalog, [Received(identity="x", event=ObjectChanged(key=key("ibu-ani/tampah"), file="1.jpg"))])
    shop.look()
    assert shop.deliveries() == [("done", None)]
    assert shop.states()["tampah"] is ListingState.DUE


def test_while_a_listing_is_processed_nobody_else_is_called_for_it(shop: Shop) -> None:
    shop.answers = {"/1.jpg": ok(b"one")}
    shop.tell("/1.jpg", words="Tampah")

    async def work() -> None:
        async with taken_in(shop.settings, shop.store, shop.catalog, key("ibu-ani/tampah")):
            assert len(shop.photos()) == 2
            assert call_due(shop.catalog, limit=9) == ()
            shop.look()
            process(shop)

    asyncio.run(work())
    assert shop.deliveries() == [("done", None)]
    assert call_due(shop.catalog, limit=9) == ()


def test_a_listing_that_is_not_processed_in_the_end_stays_queued(shop: Shop) -> None:
    shop.answers = {"/1.jpg": ok(b"one")}
    shop.tell("/1.jpg", words="Tampah")

    async def fail(*, early: bool) -> None:
        async with taken_in(shop.settings, shop.store, shop.catalog, key("ibu-ani/tampah")):
            if early:
                raise RuntimeError("the worker stumbles")
            shop.look()

    with pytest.raises(RuntimeError, match="stumbles"):
        asyncio.run(fail(early=True))
    assert shop.deliveries() == [("queued", None)]
    asyncio.run(fail(early=False))
    assert shop.deliveries() == [("queued", None)]
    let_pass(shop.catalog, Deliveries, "due_at")
    assert [str(call.key) for call in call_due(shop.catalog, limit=9)] == ["ibu-ani/tampah"]


def test_a_listing_of_which_nothing_is_queued_may_be_processed_too(shop: Shop) -> None:
    async def work() -> None:
        async with taken_in(shop.settings, shop.store, shop.catalog, key("ibu-ani/none")):
            pass

    asyncio.run(work())
    assert not is_pending(shop.catalog, key("ibu-ani/none"))


def process(shop: Shop) -> None:
    """Process the listing as far as a person's look."""
    (lease,) = [
        lease
        for lease in lease_listings(shop.catalog, this_process())
        if lease.key == ListingKey(seller="ibu-ani", listing="tampah")
    ]
    finish(shop.catalog, lease, result(lease, waits=A_REASON_TO_WAIT), ())


def test_a_run_for_one_listing_leaves_the_events_of_the_others_to_their_own(shop: Shop) -> None:
    shop.answers = {"/a/1.jpg": ok(b"one"), "/b/1.jpg": ok(b"another")}
    shop.tell("/a/1.jpg")
    shop.tell("/b/1.jpg", name="ibu-ani/besek")
    queue(shop.catalog, [Received(identity="x", event=ObjectChanged(key=key("ibu-ani/besek"), file="1.jpg"))])

    discover_all(shop.settings, shop.store, shop.catalog, seller="ibu-ani", prefix="tampah")

    assert shop.deliveries() == [("done", None), ("queued", None), ("queued", None)]
    assert shop.asked == ["/a/1.jpg"]


@pytest.mark.parametrize(("minutes", "there"), [(1, b"taken again"), (-1, b"the event's")])
def test_a_photo_that_was_taken_again_since_the_event_stays(shop: Shop, minutes: int, there: bytes) -> None:
    place = f"{PLACE}/1.jpg"
    shop.store.put(place, b"taken again", media_type="image/jpeg")
    shop.look()
    take = {
        "slot": "1.jpg",
        "file": "1.jpg",
        "sha256": "00",
        "taken_at": NOON + timedelta(minutes=minutes),
        "turn": 1,
        "placed": True,
    }
    with shop.catalog.write() as connection:
        listing = select(Listings.id).where(Listings.folder == "ibu-ani/tampah/").scalar_subquery()
        connection.execute(insert(Takes).values(listing_id=listing, **take))
    shop.answers = {"/a/1.jpg": ok(b"the event's")}
    shop.tell("/a/1.jpg")
    shop.look()

    assert shop.store.get(place) == there
    assert shop.deliveries() == [("done", None)]


def test_only_listings_that_events_have_named_are_looked_at(shop: Shop) -> None:
    shop.answers = {"/1.jpg": ok(b"one")}
    shop.tell("/1.jpg", name="ibu-ani/tampah")
    put = ObjectChanged(key=key("ibu-ani/besek"), file="1.jpg", removed=False)
    queue(shop.catalog, [Received(identity="put", event=put)])
    for name in ("besek", "untold"):
        shop.store.put(f"raw/ibu-ani/{name}/1.jpg", b"two", media_type="image/jpeg")
    held = ObjectChanged(key=key("ibu-ani/held"), file="1.jpg", removed=False)
    queue(shop.catalog, [Received(identity="held", event=held)])
    lease_deliveries(shop.catalog, ELSEWHERE, key("ibu-ani/held"))

    found = discover_queued(shop.settings, shop.store, shop.catalog)

    assert found.listings == 2
    states = shop.states()
    assert (states["tampah"], states["besek"]) == (ListingState.DUE, ListingState.DUE)
    assert "untold" not in states and "held" not in states
    assert [state for state, _ in shop.deliveries()] == ["done", "done", "queued"]


def test_an_event_whose_listing_could_not_be_looked_at_stays_queued(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.answers = {"/1.jpg": ok(b"one")}
    shop.tell("/1.jpg")

    def fail(*_: object) -> None:
        raise StoreError("the store is away")

    with monkeypatch.context() as broken:
        broken.setattr(intake, "discover_listing", fail)
        with pytest.raises(StoreError):
            discover_queued(shop.settings, shop.store, shop.catalog)
    assert shop.deliveries() == [("queued", None)]

    discover_queued(shop.settings, shop.store, shop.catalog)
    assert shop.deliveries() == [("done", None)]
