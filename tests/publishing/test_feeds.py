"""Feeds: one file over all listings, by the rules of those who read it, on every kind of store."""

import csv
import hashlib
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from config.publishers import GoogleFeed, MetaFeed
from models.listing import ListingKey
from models.publication import Action, PublishError, PublishRefused, Receipt
from models.store import ObjectStore
from models.suggestion import MarketplaceCopy
from publishing.feed_parts import take_out
from publishing.google_feed import GooglePublisher
from publishing.meta_feed import COLUMNS, MetaPublisher
from publishing.publisher import Feed
from storage.object_store.opening import open_store
from tests.publishing.google_rules import faults, read_feed
from tests.publishing.results import KEY, publication, stored_result

ODD = ListingKey(seller="bu siti & co", listing="kué/50% <manis>".replace("/", "-"))
NASTY = '=HYPERLINK("x") & <b>Kué</b> "50%",\x0b\udcff😀 '
PICTURES = "https://foto.example/feeds"


@pytest.fixture
def store(store_url: str) -> ObjectStore:
    return open_store(store_url)


def google(store: ObjectStore) -> GooglePublisher:
    declared = GoogleFeed(
        kind="google",
        name="google",
        title="Pasar & Desa",
        home="https://pasar.example/",
        link="https://pasar.example/{seller}/{listing}",
        pictures=PICTURES,
        availability="in_stock",
    )
    return GooglePublisher(declared, store=store, language="id")


def meta(store: ObjectStore) -> MetaPublisher:
    declared = MetaFeed(
        kind="meta",
        name="meta",
        brand="Pasar Desa",
        link="https://pasar.example/{seller}/{listing}",
        pictures=PICTURES,
        availability="in stock",
    )
    return MetaPublisher(declared, store=store, language="id")


def publish(feed: Feed, store: ObjectStore, key: ListingKey = KEY, **what: object) -> Receipt:
    result = stored_result(store, key=key, **what)  # type: ignore[arg-type]
    said = publication(publisher=feed.name).model_copy(update={"key": key})
    return feed.publish(said, result)


def everything(feed: Feed, store: ObjectStore) -> list[Receipt]:
    """Ordinary listings and the worst that a seller can write."""
    return [
        publish(feed, store),
        publish(feed, store, ODD, title=NASTY, price=1),
        publish(feed, store, ListingKey(seller="pak-asep", listing="panjang"), title="panjang sekali " * 30),
        publish(
            feed,
            store,
            ListingKey(seller="pak-asep", listing="banyak"),
            files=tuple(f"{number}.jpg" for number in range(30)),
        ),
    ]


def test_googles_feed_keeps_googles_rules(store: ObjectStore) -> None:
    feed = google(store)
    feed.rewrite(everything(feed, store), None)
    items = read_feed(store.get("feeds/google/products.xml"))

    assert len(items) == 4
    assert faults(items) == []
    assert items[0]["price"] == ["45000.00 IDR"]
    assert items[0]["link"] == ["https://pasar.example/ibu-ani/tampah"]
    assert items[0]["product_type"] == ["Keranjang dan Anyaman"]
    assert "<b>Kué</b>" in items[1]["title"][0]


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("merah", "merah"),
        ("merah, hijau, biru, hitam, putih", "merah/hijau/biru"),
        (
            ", ".join(["merah hati yang sangat tua sekali"] * 3),
            "/".join(["merah hati yang sangat tua sekali"] * 2),
        ),
        ("merah " * 30, ("merah " * 16).strip()),
    ],
)
def test_colours_keep_googles_rules(store: ObjectStore, told: str, written: str) -> None:
    feed = google(store)
    result = stored_result(store)
    copy = MarketplaceCopy(marketplace="google", title="Tampah", description="T.", attributes={"color": told})
    coloured = result.suggestion.model_copy(update={"marketplaces": (copy,)})
    said = publication(publisher=feed.name).model_copy(update={"key": KEY})
    feed.rewrite([feed.publish(said, result.model_copy(update={"suggestion": coloured}))], None)

    (item,) = items = read_feed(store.get("feeds/google/products.xml"))
    assert item["color"] == [written]
    assert faults(items) == []


def test_the_rules_tell_a_feed_that_breaks_them(store: ObjectStore) -> None:
    feed = google(store)
    feed.rewrite([publish(feed, store), publish(feed, store)], None)
    (item, _) = items = read_feed(store.get("feeds/google/products.xml"))
    assert faults(items) == ["two items have one id"]
    assert faults([item | {"price": ["Rp45.000"]}]) == ["Rp45.000 is no price"]
    assert faults([item | {"title": ["x" * 151]}]) == ["title is too long"]


def test_metas_catalogue_keeps_metas_rules(store: ObjectStore) -> None:
    feed = meta(store)
    feed.rewrite(everything(feed, store), None)
    rows = list(csv.DictReader(io.StringIO(store.get("feeds/meta/catalogue.csv").decode())))

    assert len(rows) == 4
    assert len({row["id"] for row in rows}) == 4
    for row in rows:
        assert tuple(row) == COLUMNS
        assert all(row[name] for name in COLUMNS[:9])
        assert len(row["id"]) <= 100
        assert len(row["title"]) <= 200
        assert row["availability"] in {"in stock", "out of stock", "available for order"}
        assert row["condition"] == "new"
        assert row["price"].endswith(".00 IDR")
        assert len(row["additional_image_link"].split(",")) <= 20
    assert rows[0]["title"] == "Tampah Bambu"
    assert rows[1]["price"] == "1.00 IDR"


@pytest.mark.parametrize("make", [google, meta])
def test_pictures_lie_where_the_feed_says(store: ObjectStore, make: type) -> None:
    feed = make(store)
    entry = publish(feed, store).entry
    more = [place for each in entry["additional_image_link"] for place in each.split(",")]
    result = stored_result(store)
    for address, photo in zip([*entry["image_link"], *more], result.finished, strict=True):
        data = store.get("feeds/" + address.removeprefix(f"{PICTURES}/"))
        assert hashlib.sha256(data).hexdigest() == photo.renditions[0].sha256


@pytest.mark.parametrize("make", [google, meta])
def test_a_withdrawn_listing_leaves_no_picture(store: ObjectStore, make: type) -> None:
    feed = make(store)
    publish(feed, store)
    other = publish(feed, store, ListingKey(seller="ibu-ani", listing="tampah-2"))
    receipt = feed.withdraw(publication(2, action=Action.WITHDRAW, publisher=feed.name))

    assert receipt.entry == {}
    left = [found.key for found in store.list(f"feeds/{feed.name}/pictures/")]
    assert len(left) == 2
    assert all(other.entry["id"][0] in key for key in left)


@pytest.mark.parametrize("make", [google, meta])
def test_rewriting_twice_gives_the_same_bytes(store: ObjectStore, make: type) -> None:
    feed = make(store)
    receipts = everything(feed, store)
    feed.rewrite(receipts, None)
    once = store.get(feed.files)
    feed.rewrite(iter(receipts), None)
    assert store.get(feed.files) == once


def test_a_feed_of_nothing_is_still_a_feed(store: ObjectStore) -> None:
    google(store).rewrite([], None)
    meta(store).rewrite([], None)
    assert read_feed(store.get("feeds/google/products.xml")) == []
    assert store.get("feeds/meta/catalogue.csv").decode().strip() == ",".join(COLUMNS)


@pytest.mark.parametrize("what", [{"price": 0}, {"title": "\x00 "}])
def test_what_has_no_price_or_title_is_refused(store: ObjectStore, what: dict[str, object]) -> None:
    with pytest.raises(PublishRefused):
        publish(google(store), store, **what)


def test_a_picture_that_was_changed_stops_the_publication(store: ObjectStore) -> None:
    result = stored_result(store)
    store.put(result.finished[0].renditions[0].key, b"something else", media_type="image/jpeg")
    with pytest.raises(PublishError, match="not what was recorded"):
        google(store).publish(publication(publisher="google"), result)


@pytest.mark.parametrize("make", [google, meta])
def test_a_seller_is_taken_out_of_a_file_and_the_others_stay_as_they_are(
    store: ObjectStore, make: Callable[[ObjectStore], Feed]
) -> None:
    feed = make(store)
    receipts = everything(feed, store)
    for gone in receipts:
        left = [receipt for receipt in receipts if receipt.key.seller != gone.key.seller]
        feed.rewrite(left, None)
        wanted = store.get(feed.files)
        feed.rewrite(receipts, None)
        hers = [receipt.key for receipt in receipts if receipt.key.seller == gone.key.seller]
        take_out(store, feed.name, gone.key.seller, hers)
        assert store.get(feed.files) == wanted


@pytest.mark.parametrize("make", [google, meta])
def test_a_feed_needs_no_more_memory_the_more_listings_there_are(
    tmp_path: Path, make: Callable[[ObjectStore], Feed]
) -> None:
    store = open_store(f"file:{tmp_path}")
    feed = make(store)
    receipt = publish(feed, store)

    def most_memory(listings: int) -> int:
        tracemalloc.start()
        feed.rewrite((receipt for _ in range(listings)), None)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    most_memory(1)
    for_few = most_memory(50)
    assert most_memory(5000) < for_few + 100_000
    assert next(store.list(feed.files)).size > 1_000_000
