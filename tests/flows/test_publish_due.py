"""The publishing flow against real receivers: effects happen once, whatever fails on the way."""

import csv
import io
import json
import time
from collections.abc import Iterable, Iterator

import pytest
from sqlalchemy import select, update

from flows import feed_work
from flows.progress import Event, PublicationEnded, watched_by
from flows.summary import BatchSummary
from models.lease import Holder
from models.publication import Receipt
from models.state import ListingState
from models.store import ObjectMissing
from publishing.bundle import BundlePublisher
from publishing.google_feed import GooglePublisher
from storage.catalog.clock import EPOCH
from storage.catalog.connection import Catalog
from storage.catalog.dead_letters import dead_letters
from storage.catalog.publication_leases import RETRY_SECONDS, lease_publications
from storage.catalog.publishers import closed_publishers, hold_feed, reopen_publisher
from storage.catalog.reading import list_listings
from storage.catalog.schema import Publications, Publishers
from tests.flows.centres import GOOGLE, META, Centre, Centres, oscar, webhook
from tests.publishing.google_rules import faults, read_feed
from tests.servers.oscar_shop import Shop
from tests.servers.receiver import SECRET, Receiver, Reply

ELSEWHERE = Holder(host="elsewhere", boot="b", process=1, started=1)


def shown(centre: Centre, name: str = "google") -> list[str]:
    """Return the links in a feed."""
    items = read_feed(centre.store.get(f"feeds/{name}/products.xml"))
    assert faults(items) == []
    return [item["link"][0].removeprefix("https://pasar.example/") for item in items]


def test_a_listing_reaches_the_bundle_and_the_receiver_once(scaled_out: Centres, receiver: Receiver) -> None:
    centre = webhook(scaled_out, receiver)
    centre.process("ibu-ani/tampah")
    assert centre.publish().published == 2
    assert centre.publish() == BatchSummary()
    assert [told["data"]["listing"] for told in receiver.effects.values()] == ["tampah"]
    assert centre.states() == {"ibu-ani/tampah": ListingState.PUBLISHED}


def test_a_receiver_that_fails_after_taking_it_has_one_effect(scaled_out: Centres, receiver: Receiver) -> None:
    centre = webhook(scaled_out, receiver)
    centre.process("ibu-ani/tampah")
    receiver.replies = [Reply(500, keeps=True), Reply(503, keeps=True)]
    for unpublished in (1, 1, 0):
        assert centre.publish().unpublished == unpublished
        centre.let_retries_be_due()
    assert len(receiver.calls) == 3
    assert len(receiver.effects) == 1
    assert centre.states() == {"ibu-ani/tampah": ListingState.PUBLISHED}


def test_each_publication_is_told_of_whether_it_was_sent_or_not(scaled_out: Centres, receiver: Receiver) -> None:
    centre = webhook(scaled_out, receiver)
    centre.process("ibu-ani/tampah")
    receiver.replies = [Reply(500)]
    told: list[Event] = []
    with watched_by(told.append):
        centre.publish()
    ends = [event for event in told if isinstance(event, PublicationEnded)]
    assert {(str(end.key), end.publisher, end.sent) for end in ends} == {
        ("ibu-ani/tampah", "bundle", True),
        ("ibu-ani/tampah", "pasar", False),
    }
    assert "500" in next(end.outcome for end in ends if not end.sent)


def test_an_overloaded_receiver_is_left_alone_with_everything(scaled_out: Centres, receiver: Receiver) -> None:
    centre = webhook(scaled_out, receiver)
    for listing in ("a", "b", "c"):
        centre.process(f"ibu-ani/{listing}", title=listing)
    receiver.replies = [Reply(429, {"retry-after": "600"})]
    first, second = centre.publish(), centre.publish()
    assert (first.published, first.unpublished) == (3, 1)
    assert second == BatchSummary()
    assert len(receiver.calls) == 1
    centre.let_retries_be_due()
    assert centre.publish().published == 3


def test_410_closes_the_receiver_until_a_person_opens_it(scaled_out: Centres, receiver: Receiver) -> None:
    centre = webhook(scaled_out, receiver)
    for listing in ("a", "b"):
        centre.process(f"ibu-ani/{listing}", title=listing)
    receiver.replies = [Reply(410)]
    centre.publish()
    centre.let_retries_be_due()
    assert centre.publish() == BatchSummary()
    assert len(receiver.calls) == 1
    (closed,) = closed_publishers(centre.catalog)
    assert closed.name == "pasar"
    assert "410" in closed.reason

    reopen_publisher(centre.catalog, "pasar", by="sari")
    assert centre.publish().published == 2
    assert len(receiver.effects) == 2


def test_a_fault_that_nobody_has_thought_of_keeps_no_other_publisher_from_sending(
    scaled_out: Centres, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    centre = webhook(scaled_out, receiver)
    centre.process("ibu-ani/tampah")

    def stumble(*_: object) -> Receipt:
        raise TypeError("string indices must be integers")

    monkeypatch.setattr(BundlePublisher, "publish", stumble)

    summary = centre.publish()

    assert (summary.published, summary.unpublished) == (1, 1)
    assert len(receiver.effects) == 1
    assert "Traceback" in caplog.text
    assert dead_letters(centre.catalog) == ()


def test_a_feed_that_stumbles_keeps_no_other_publisher_from_sending(
    centres: Centres, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = centres.declare(GOOGLE, names=("bundle", "google"))
    centre.process("ibu-ani/tampah")

    def stumble(*_: object) -> None:
        raise TypeError("no feed")

    monkeypatch.setattr(GooglePublisher, "rewrite", stumble)

    summary = centre.publish()

    assert (summary.published, summary.unpublished) == (1, 1)
    assert dead_letters(centre.catalog) == ()


def test_a_publisher_that_this_worker_does_not_know_yet_loses_nothing(centres: Centres) -> None:
    older = centres.declare("", names=("google",))
    older.process("ibu-ani/tampah")
    assert older.publish().unpublished == 1
    assert dead_letters(older.catalog) == ()

    newer = centres.declare(GOOGLE, names=("google",))
    newer.let_retries_be_due()
    assert newer.publish().published == 1


def test_a_publisher_that_is_no_longer_declared_leaves_a_dead_letter(centres: Centres) -> None:
    centre = centres.declare("", names=("gone",))
    centre.process("ibu-ani/tampah")
    for _ in range(len(RETRY_SECONDS) + 1):
        assert centre.publish().unpublished == 1
        centre.let_retries_be_due()
    assert centre.publish() == BatchSummary()
    (letter,) = dead_letters(centre.catalog)
    assert letter.error == "no publisher named gone is declared"
    assert centre.states() == {"ibu-ani/tampah": ListingState.FAILED}


def test_a_feed_is_one_file_over_all_published_listings(centres: Centres) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    for place in ("ibu-ani/tampah", "pak-asep/ukiran", "ibu-ani/besek"):
        centre.process(place, title=place)
    centre.publish()
    assert shown(centre) == ["ibu-ani/besek", "ibu-ani/tampah", "pak-asep/ukiran"]

    centre.process("bu-euis/sambal", title="Sambal")
    centre.process("ibu-ani/tampah", title="Tampah Besar")
    centre.remove("pak-asep/ukiran")
    summary = centre.publish()
    assert (summary.published, summary.withdrawn) == (4, 2)
    assert shown(centre) == ["bu-euis/sambal", "ibu-ani/besek", "ibu-ani/tampah"]
    items = read_feed(centre.store.get("feeds/google/products.xml"))
    assert items[2]["title"] == ["Tampah Besar"]
    assert centre.states()["pak-asep/ukiran"] == ListingState.WITHDRAWN


def test_a_feed_that_somebody_else_has_written_is_written_anew(centres: Centres) -> None:
    """As a process does that was frozen in the middle of writing and woke up after another had written."""
    centre = centres.declare(GOOGLE, names=("google",))
    centre.process("ibu-ani/tampah")
    centre.publish()
    stale = centre.store.get("feeds/google/products.xml")
    centre.process("ibu-ani/besek")
    centre.publish()
    centre.store.put("feeds/google/products.xml", stale, media_type="application/xml")
    assert shown(centre) == ["ibu-ani/tampah"]
    centre.publish()
    assert shown(centre) == ["ibu-ani/besek", "ibu-ani/tampah"]


def test_a_sheet_that_was_written_after_its_seller_left_is_removed(centres: Centres) -> None:
    """As a process does that was frozen in the middle of writing and woke up after another had removed it."""
    centre = centres.declare(META, names=("meta", "shopee"))
    centre.process("ibu-ani/tampah")
    centre.publish()
    sheet = "feeds/shopee/sellers/ibu-ani/products.xlsx"
    late = centre.store.get(sheet)
    centre.remove("ibu-ani/tampah")
    centre.publish()
    assert list(centre.store.list("feeds/shopee/sellers/")) == []
    centre.store.put(sheet, late, media_type="application/octet-stream")
    centre.publish()
    assert list(centre.store.list("feeds/shopee/sellers/")) == []


def test_what_takes_long_is_written_as_it_becomes_ready(centres: Centres, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    for place in ("ibu-ani/besek", "ibu-ani/tampah", "pak-asep/ukiran"):
        centre.process(place)
    monkeypatch.setattr(feed_work, "BATCH_SECONDS", 0.0)
    written: list[int] = []
    rewrite = GooglePublisher.rewrite

    def count_and_rewrite(feed: GooglePublisher, receipts: Iterable[Receipt], seller: str | None) -> None:
        rows = list(receipts)
        written.append(len(rows))
        rewrite(feed, rows, seller)

    monkeypatch.setattr(GooglePublisher, "rewrite", count_and_rewrite)
    centre.publish()
    assert written == [1, 2, 3]
    assert shown(centre) == ["ibu-ani/besek", "ibu-ani/tampah", "pak-asep/ukiran"]


def test_who_has_lost_a_feed_leaves_it_and_counts_no_failure(
    centres: Centres, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    centre.process("ibu-ani/tampah")
    with monkeypatch.context() as patch:
        patch.setattr(feed_work, "keep_feed", lambda *_, **__: False)
        assert centre.publish().unpublished == 0
    with centre.catalog.read() as connection:
        row = connection.execute(
            select(Publications.attempts, Publications.state).where(Publications.publisher == "google")
        ).one()
    assert tuple(row) == (0, "pending")
    centre.publish()
    assert shown(centre) == ["ibu-ani/tampah"]


def test_a_feed_that_another_process_holds_is_left_to_it(centres: Centres) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    centre.process("ibu-ani/tampah")
    assert hold_feed(centre.catalog, "google", ELSEWHERE, seconds=100)
    assert centre.publish().published == 1
    with centre.catalog.write() as connection:
        connection.execute(update(Publishers).values(expires_at=EPOCH))
    assert centre.publish().published == 1
    assert shown(centre) == ["ibu-ani/tampah"]


def test_a_feed_is_held_as_long_as_it_is_written(centres: Centres, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    for name in ("tampah", "besek", "bakul"):
        centre.process(f"ibu-ani/{name}")
        centre.publish()
    centre.process("ibu-ani/tikar")
    monkeypatch.setattr(feed_work, "LEASE_SECONDS", 1.0)
    monkeypatch.setattr(feed_work, "RENEWED_EVERY", 0.2)
    stands, taken = feed_work.standing_receipts, []

    def slowly(catalog: Catalog, name: str) -> Iterator[Receipt]:
        for receipt in stands(catalog, name):
            time.sleep(0.8)
            taken.append(hold_feed(centre.catalog, "google", ELSEWHERE, seconds=100))
            yield receipt

    monkeypatch.setattr(feed_work, "standing_receipts", slowly)
    assert centre.publish().published == 2
    assert taken == [None] * 3
    assert len(shown(centre)) == 4


def test_a_feed_that_is_taken_over_while_it_is_written_is_left_to_whoever_has_it(
    centres: Centres, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    centre.process("ibu-ani/tampah")

    def taken_over(catalog: Catalog, name: str) -> Iterator[Receipt]:
        with catalog.write() as connection:
            connection.execute(update(Publishers).values(expires_at=EPOCH))
        assert hold_feed(catalog, name, ELSEWHERE, seconds=100)
        yield from ()

    with monkeypatch.context() as frozen:
        frozen.setattr(feed_work, "standing_receipts", taken_over)
        assert centre.publish().published == 1
    with pytest.raises(ObjectMissing):
        centre.store.get("feeds/google/products.xml")
    with centre.catalog.write() as connection:
        connection.execute(update(Publishers).values(expires_at=EPOCH))
    assert centre.publish().published == 1
    assert shown(centre) == ["ibu-ani/tampah"]


def test_a_feeds_entry_that_a_lost_process_took_is_not_lost(centres: Centres) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    centre.process("ibu-ani/tampah")
    assert lease_publications(centre.catalog, ELSEWHERE, limit=9, publisher="google")
    centre.publish()
    with centre.catalog.write() as connection:
        connection.execute(update(Publications).where(Publications.holder.is_not(None)).values(expires_at=EPOCH))
    centre.publish()
    assert shown(centre) == ["ibu-ani/tampah"]


def test_publishers_that_are_declared_later_get_what_is_published_already(centres: Centres) -> None:
    centre = centres.declare("", names=())
    centre.process("ibu-ani/tampah")
    centre.publish()
    centre = centres.declare(META, names=("meta", "shopee"))
    assert centre.publish().published == 2
    (row,) = csv.DictReader(io.StringIO(centre.store.get("feeds/meta/catalogue.csv").decode()))
    assert row["title"] == "Tampah Bambu"
    assert centre.store.get("feeds/shopee/sellers/ibu-ani/products.xlsx")

    centre.remove("ibu-ani/tampah")
    assert centre.publish().withdrawn == 3
    assert [found.key for found in centre.store.list("feeds/")] == ["feeds/meta/catalogue.csv"]
    assert [found.key for found in centre.store.list("published/ibu-ani/")] == []


def test_a_touched_photo_publishes_nothing_again(centres: Centres) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    centre.process("ibu-ani/tampah")
    centre.publish()
    before = {found.key: found.etag for found in centre.store.list("published/")}
    centre.process("ibu-ani/tampah", version=2)
    assert centre.publish() == BatchSummary()
    assert {found.key: found.etag for found in centre.store.list("published/")} == before
    assert centre.states() == {"ibu-ani/tampah": ListingState.PUBLISHED}
    (row,) = list_listings(centre.catalog)
    assert row.version == 2


def test_a_real_shop_shows_a_listing_and_takes_it_down(scaled_out: Centres, oscar_shop: Shop) -> None:
    centre = oscar(scaled_out, oscar_shop)
    centre.process("ibu-dewi/tampah", title="Tampah Ibu Dewi")
    assert centre.publish().published == 2
    assert "45,000" in (oscar_shop.page_of("Tampah Ibu Dewi") or "")
    centre.remove("ibu-dewi/tampah")
    assert centre.publish().withdrawn == 2
    assert oscar_shop.page_of("Tampah Ibu Dewi") is None


def test_no_secret_is_kept_in_the_catalog(scaled_out: Centres, receiver: Receiver) -> None:
    centre = webhook(scaled_out, receiver)
    centre.process("ibu-ani/tampah")
    receiver.replies = [Reply(500)]
    centre.publish()
    with centre.catalog.read() as connection:
        rows = connection.execute(select(Publications)).mappings().all()
        kept = json.dumps([dict(row) for row in rows], default=str)
    assert SECRET not in kept
    assert SECRET.removeprefix("whsec_") not in kept
