"""A seller is forgotten: every shop is told, nothing of hers is left in any store, and a crash only delays it."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from config.publishers import load_publishers
from config.settings import Settings
from drafting.draft_cache import draft_key
from flows.feed_work import held_feed
from flows.forgetting import HOMES, Forgetting, forget_seller
from flows.listing_work import work_on_listing
from flows.photo_work import open_photo_context
from flows.recording import Recording
from flows.sending import Sender
from flows.summary import BatchSummary
from flows.task_work import TaskContext, process_listings
from models.edit import Overrides
from models.lease import LeaseLost
from models.listing import ListingKey, ListingResult
from models.photo import PhotoKey, PhotoResult, SetAside
from models.publication import Publication, Receipt
from models.rejection import RejectionReason
from models.state import ListingState
from models.store import InvalidKey, StoreError
from publishing.product_code import product_code
from publishing.publisher import Publisher
from publishing.publishers import open_publishers
from storage.catalog.audit import read_audit
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import list_listings
from storage.catalog.schema import Publications
from storage.discovery import discover
from tests.flows.centres import GOOGLE, META, Centre, Centres, oscar, webhook
from tests.publishing.google_rules import read_feed
from tests.sellers import add_listing
from tests.servers.oscar_shop import Shop
from tests.servers.receiver import Receiver, Reply
from tests.storage.made import let_pass

ROOT = Path(__file__).parents[2]
STEPS = ("begin_forgetting", "note_objects", "drain_outbox", "raw/", "published/", "finish_forgetting")
DIE = """
import os, sys
from flows import forgetting
from config.settings import Settings
from storage.catalog.opening import open_catalog
from storage.object_store.opening import open_store
step = sys.argv[1]
def dying(*arguments, **named):
    do(*arguments, **named)
    os.kill(os.getpid(), 9)
settings = Settings()
store, catalog = open_store(settings.store), open_catalog(settings.catalog)
if step in forgetting.HOMES:
    do = store.clear
    store.clear = lambda folder: dying(folder) if folder.startswith(step) else do(folder)
else:
    do = getattr(forgetting, step)
    setattr(forgetting, step, dying)
forgetting.forget_seller(settings, store, catalog, "ibu-ani", by="sari")
"""


def forget(centre: Centre, seller: str = "ibu-ani", *, without: tuple[str, ...] = ()) -> Forgetting:
    return forget_seller(Settings(), centre.store, centre.catalog, seller, by="sari", without=without)


def fill(centre: Centre, *places: str) -> None:
    """Give listings a place in every folder that a seller has, and publish them."""
    for place in places:
        add_listing(centre.store, place, {"depan.jpg": b"photo"})
        for home in ("listings", "drafts"):
            centre.store.put(f"{home}/{place}.json", b"{}", media_type="application/json")
        seller = place.split("/")[0]
        for key in (f"uploads/{seller}/1/0-9", f"retakes/{place}/{'0' * 64}"):
            centre.store.put(key, b"bytes", media_type="application/octet-stream")
        centre.process(place, title=f"Tampah {place}")
    centre.publish()


def left_of(centre: Centre, seller: str) -> list[str]:
    """Return the keys of objects that have to do with a seller, and of her rows."""
    objects = [found.key for found in centre.store.list("") if seller in found.key.split("/")]
    return objects + [str(row.key) for row in list_listings(centre.catalog, seller=seller)]


def test_nothing_of_hers_is_left_and_nobody_elses_is_touched(centres: Centres) -> None:
    centre = centres.declare(GOOGLE + META, names=("google", "meta", "shopee"))
    fill(centre, "ibu-ani/tampah", "ibu-ani/besek", "ibu-ani-2/tampah")
    others = left_of(centre, "ibu-ani-2")
    hers = {home: sum(1 for _ in centre.store.list(f"{home}ibu-ani/")) for home in HOMES}
    assert all(hers.values())

    end = forget(centre)

    assert end.outstanding == ()
    assert end.receipt is not None
    assert {home: end.receipt.removed[home] for home in HOMES} == hers
    assert end.receipt.removed["publications"] == 2 * 2 * 4
    assert left_of(centre, "ibu-ani") == []
    assert left_of(centre, "ibu-ani-2") == others
    items = read_feed(centre.store.get("feeds/google/products.xml"))
    assert [item["title"] for item in items] == [["Tampah ibu-ani-2/tampah"]]
    assert b"ibu-ani/" not in centre.store.get("feeds/meta/catalogue.csv")
    assert [found.key for found in centre.store.list("feeds/shopee/sellers/")] == [
        "feeds/shopee/sellers/ibu-ani-2/products.xlsx"
    ]
    assert forget(centre) == Forgetting()


def test_no_empty_folder_is_left(
    folder_url: str, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = Centres(tmp_path, folder_url, sqlite_url, monkeypatch).declare("", names=())
    fill(centre, "ibu-ani/tampah")
    (tmp_path / "store/raw/ibu-ani/kosong").mkdir()
    forget(centre)
    assert {path.name for path in (tmp_path / "store").rglob("*")} == {"published", "listing-1.schema.json"}


def test_a_real_shop_and_a_receiver_are_told(scaled_out: Centres, receiver: Receiver, oscar_shop: Shop) -> None:
    fill(oscar(scaled_out, oscar_shop), "bu-lupa/tampah")
    assert oscar_shop.page_of("Tampah bu-lupa/tampah")
    assert forget(oscar(scaled_out, oscar_shop), "bu-lupa").receipt
    assert oscar_shop.page_of("Tampah bu-lupa/tampah") is None

    centre = webhook(scaled_out, receiver)
    fill(centre, "ibu-ani/tampah")
    assert forget(centre).receipt
    fill(centre, "ibu-ani/tampah")
    told = [(payload["type"], payload["data"]["listing"]) for payload in receiver.effects.values()]
    assert told == [
        ("listing.published", "tampah"),
        ("listing.withdrawn", "tampah"),
        ("listing.published", "tampah"),
    ]


def test_as_long_as_a_shop_has_not_confirmed_her_photos_stay(scaled_out: Centres, receiver: Receiver) -> None:
    centre = webhook(scaled_out, receiver)
    fill(centre, "ibu-ani/tampah")
    receiver.replies = [Reply(500)]
    (left,) = forget(centre).outstanding
    assert (str(left.key), left.publisher) == ("ibu-ani/tampah", "pasar")
    assert "500" in (left.error or "")
    assert centre.store.get("raw/ibu-ani/tampah/depan.jpg")
    discover(centre.store, centre.catalog)
    assert centre.states() == {"ibu-ani/tampah": ListingState.PUBLISHING}

    assert forget(centre).receipt
    assert left_of(centre, "ibu-ani") == []
    assert [payload["type"] for payload in receiver.effects.values()] == ["listing.published", "listing.withdrawn"]


def test_what_a_publisher_that_is_gone_shows_of_her_here_is_removed_all_the_same(centres: Centres) -> None:
    feeds = ("google", "meta", "shopee")
    fill(centres.declare(GOOGLE + META, names=feeds), "ibu-ani/tampah", "pak-asep/ukiran")
    before = {found.key for found in centres.declare("", names=()).store.list("feeds/")}
    centre = centres.declare("", names=())
    waited_for = {left.publisher: left.error for left in forget(centre).outstanding}
    assert waited_for == {name: f"no publisher named {name} is declared" for name in feeds}

    end = forget(centre, without=feeds)

    assert end.receipt is not None
    assert end.receipt.unconfirmed == feeds
    left = {found.key for found in centre.store.list("feeds/")}
    hers = product_code(ListingKey(seller="ibu-ani", listing="tampah"))
    assert end.receipt.removed["feeds/"] == len(before - left)
    assert not [key for key in left if "ibu-ani" in key or hers in key]
    assert len([key for key in left if "/pictures/" in key]) == len([key for key in before if hers in key])
    items = read_feed(centre.store.get("feeds/google/products.xml"))
    assert [item["title"] for item in items] == [["Tampah pak-asep/ukiran"]]
    assert b"ibu-ani" not in centre.store.get("feeds/meta/catalogue.csv")
    assert b"Tampah pak-asep/ukiran" in centre.store.get("feeds/meta/catalogue.csv")


@pytest.mark.parametrize(("declared", "feed"), [(GOOGLE, "google"), ("", "shopee")])
def test_a_feed_that_others_write_meanwhile_does_not_show_her_again(
    centres: Centres, declared: str, feed: str
) -> None:
    centre = centres.declare(declared, names=(feed,))
    fill(centre, "ibu-ani/tampah", "pak-asep/ukiran")
    with held_feed(centre.catalog, feed):
        (left,) = forget(centre, without=(feed,)).outstanding
        assert left.error == f"another process is just writing feeds/{feed}/"
    assert forget(centre, without=(feed,)).receipt
    centre.publish()
    assert left_of(centre, "ibu-ani") == []
    if feed == "google":
        items = read_feed(centre.store.get("feeds/google/products.xml"))
        assert [item["title"] for item in items] == [["Tampah pak-asep/ukiran"]]


@pytest.mark.heavy
@pytest.mark.parametrize("step", STEPS)
def test_after_kill_9_at_any_step_the_next_call_goes_on(centres: Centres, step: str) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    fill(centre, "ibu-ani/tampah", "ibu-ani/besek", "pak-asep/ukiran")
    killed = subprocess.run([sys.executable, "-c", DIE, step], check=False, timeout=600, cwd=ROOT)
    assert killed.returncode == -9

    end = forget(centre)

    assert end.outstanding == ()
    finished = [entry for entry in read_audit(centre.catalog) if entry.act == "seller_forgotten"]
    assert len(finished) == 1
    assert finished[0].detail["raw/"] == 4
    assert (end.receipt is None) == (step == "finish_forgetting")
    assert left_of(centre, "ibu-ani") == []
    assert centre.states() == {"pak-asep/ukiran": ListingState.PUBLISHED}


def test_a_worker_that_finishes_afterwards_leaves_nothing(centres: Centres) -> None:
    centre = centres.declare("", names=())
    add_listing(centre.store, "ibu-ani/tampah", {"depan.jpg": b"photo"})
    discover(centre.store, centre.catalog)
    (lease,) = lease_listings(centre.catalog, this_process())

    class SlowPool:
        async def work(self, key: PhotoKey, overrides: object) -> PhotoResult:
            assert (await asyncio.to_thread(forget, centre)).receipt
            centre.store.put(key.rendition("00", "recipe-1", "main.jpg"), b"1", media_type="image/jpeg")
            centre.store.put(draft_key(lease.key), b"{}", media_type="application/json")
            return SetAside(file=key.file, sha256=None, reason=RejectionReason.CORRUPT)

    context, recording, pool = open_photo_context(Settings()), Recording(centre.catalog), SlowPool()
    with pytest.raises(LeaseLost):
        asyncio.run(work_on_listing(context, recording, pool, lease, Overrides(), publishers=()))  # type: ignore[arg-type]

    assert left_of(centre, "ibu-ani") == []


def test_a_worker_that_fails_afterwards_leaves_nothing_of_its_other_photos(centres: Centres) -> None:
    centre = centres.declare("", names=())
    add_listing(centre.store, "ibu-ani/tampah", {"depan.jpg": b"photo", "samping.jpg": b"another"})
    discover(centre.store, centre.catalog)
    leases = lease_listings(centre.catalog, this_process())
    forgotten = asyncio.Event()

    class TwoPhotos:
        async def work(self, key: PhotoKey, overrides: object) -> PhotoResult:
            if key.file == "depan.jpg":
                assert (await asyncio.to_thread(forget, centre)).receipt
                forgotten.set()
                raise StoreError("her folder is gone")
            await forgotten.wait()
            await asyncio.sleep(0.2)
            centre.store.put(key.rendition("00", "recipe-1", "main.jpg"), b"1", media_type="image/jpeg")
            return SetAside(file=key.file, sha256=None, reason=RejectionReason.CORRUPT)

    context = TaskContext(Settings(), open_photo_context(Settings()), centre.catalog, TwoPhotos())  # type: ignore[arg-type]
    assert asyncio.run(process_listings(context, leases)) == BatchSummary()

    assert left_of(centre, "ibu-ani") == []


class SleepingPublisher:
    """A publisher whose process is frozen just before it sends, and wakes up when she is forgotten."""

    def __init__(self, centre: Centre, publisher: Publisher) -> None:
        self.name = publisher.name
        self.withdraw = publisher.withdraw
        self.find_receipt = publisher.find_receipt
        self._centre, self._publisher = centre, publisher

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        let_pass(self._centre.catalog, Publications, "expires_at")
        assert forget(self._centre).receipt
        return self._publisher.publish(publication, result)


def test_a_shop_that_is_told_too_late_is_told_once_more(scaled_out: Centres, receiver: Receiver) -> None:
    centre = webhook(scaled_out, receiver)
    centre.process("ibu-ani/tampah")
    settings = Settings()
    declared = load_publishers(settings.publishers)
    publishers = open_publishers(declared, store=centre.store, language="id", secrets_of=settings.secrets_of)
    sender = Sender(centre.catalog, {"pasar": SleepingPublisher(centre, publishers["pasar"])})

    sender.drain("pasar")

    told = [payload["type"] for payload in receiver.effects.values()]
    assert told == ["listing.withdrawn", "listing.published", "listing.withdrawn"]


def test_what_she_sends_later_is_new(centres: Centres) -> None:
    centre = centres.declare(GOOGLE, names=("google",))
    for _ in range(2):
        fill(centre, "ibu-ani/tampah")
        (row,) = list_listings(centre.catalog)
        assert (row.version, row.state) == (1, ListingState.PUBLISHED)
        assert forget(centre).receipt


def test_files_that_were_never_looked_at_are_removed_too(centres: Centres) -> None:
    centre = centres.declare("", names=())
    add_listing(centre.store, "ibu-ani/tampah", {"depan.jpg": b"photo"})
    end = forget(centre)
    assert end.receipt is not None
    assert end.receipt.removed["raw/"] == 2
    assert left_of(centre, "ibu-ani") == []


def test_a_store_that_fails_only_delays_it(centres: Centres, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = centres.declare("", names=())
    fill(centre, "ibu-ani/tampah")

    def fail(folder: str) -> None:
        raise StoreError(folder)

    with monkeypatch.context() as broken, pytest.raises(StoreError):
        broken.setattr(centre.store, "clear", fail)
        forget(centre)
    assert forget(centre).receipt


@pytest.mark.parametrize("name", ["", "ibu-ani/tampah", "..", "ibu\n"])
def test_what_is_no_name_is_refused(centres: Centres, name: str) -> None:
    centre = centres.declare("", names=())
    fill(centre, "ibu-ani/tampah")
    before = left_of(centre, "ibu-ani")
    with pytest.raises(InvalidKey):
        forget(centre, name)
    assert left_of(centre, "ibu-ani") == before
