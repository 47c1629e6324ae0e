"""A worker that was frozen while it worked, and goes on when another one has taken its place."""

import asyncio
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from config.publishers import load_publishers
from config.settings import Settings
from flows.photo_work import open_photo_context
from flows.pool import PhotoPool
from flows.sending import Sender
from flows.summary import BatchSummary
from flows.task_work import TaskContext, process_listings
from models.listing import ListingResult
from models.photo import PhotoKey, PhotoResult, SetAside
from models.publication import Publication, Receipt
from models.rejection import RejectionReason
from models.state import ListingState
from models.store import StoreError
from publishing.publisher import Publisher
from publishing.publishers import open_publishers
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.reading import list_listings
from storage.catalog.schema import Listings, Publications
from storage.discovery import discover
from storage.object_store.opening import open_store
from tests.flows.centres import Centre, Centres, oscar
from tests.sellers import add_listing
from tests.servers.oscar_shop import Shop
from tests.storage.made import let_pass


class Frozen:
    """A publisher in a process that is frozen just before it sends: meanwhile something else happens."""

    def __init__(self, publisher: Publisher, meanwhile: Callable[[], object]) -> None:
        self.name = publisher.name
        self._publisher = publisher
        self._meanwhile: list[Callable[[], object]] = [meanwhile]

    def find_receipt(self, publication: Publication) -> Receipt | None:
        return self._publisher.find_receipt(publication)

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        if self._meanwhile:
            self._meanwhile.pop()()
        return self._publisher.publish(publication, result)

    def withdraw(self, publication: Publication) -> Receipt:
        return self._publisher.withdraw(publication)


def sender_that_freezes(centre: Centre, meanwhile: Callable[[], object]) -> Sender:
    settings = Settings()
    opened = open_publishers(
        load_publishers(settings.publishers), store=centre.store, language="id", secrets_of=settings.secrets_of
    )
    return Sender(centre.catalog, opened | {"toko": Frozen(opened["toko"], meanwhile)})


def test_an_older_version_that_arrives_late_at_a_shop_does_not_stay_there(
    scaled_out: Centres, oscar_shop: Shop
) -> None:
    centre = oscar(scaled_out, oscar_shop)
    centre.process("ibu-lambat/tampah", title="Tampah Lama")

    def others_publish_a_newer_version() -> None:
        let_pass(centre.catalog, Publications, "expires_at")
        centre.process("ibu-lambat/tampah", title="Tampah Baru")
        centre.publish()
        assert oscar_shop.page_of("Tampah Baru")

    sender_that_freezes(centre, others_publish_a_newer_version).drain("toko")

    assert oscar_shop.page_of("Tampah Baru")
    assert [each["title"] for each in oscar_shop.products() if "Lama" in each["title"]] == []
    assert set(centre.states().values()) == {ListingState.PUBLISHED}


def test_a_listing_that_was_taken_down_meanwhile_stays_down(scaled_out: Centres, oscar_shop: Shop) -> None:
    centre = oscar(scaled_out, oscar_shop)
    centre.process("ibu-lambat/bakul", title="Bakul Lambat")

    def others_take_it_down() -> None:
        let_pass(centre.catalog, Publications, "expires_at")
        centre.remove("ibu-lambat/bakul")
        centre.publish()

    sender_that_freezes(centre, others_take_it_down).drain("toko")

    assert oscar_shop.page_of("Bakul Lambat") is None
    assert set(centre.states().values()) == {ListingState.WITHDRAWN}


class Pool:
    """A pool in which something happens while it works on a photo, and for which no photo can be used."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None, fault: StoreError | None = None) -> None:
        self._meanwhile = meanwhile
        self._fault = fault

    async def work(self, key: PhotoKey, overrides: object) -> PhotoResult:
        await asyncio.to_thread(self._meanwhile)
        if self._fault:
            raise self._fault
        return SetAside(file=key.file, sha256=None, reason=RejectionReason.CRASHED)


class Desk:
    """A store and a catalog with one listing, and what works on it."""

    def __init__(self, store: str, catalog: str) -> None:
        self.settings = Settings(store=store, catalog=catalog)
        self.store, self.catalog = open_store(store), open_catalog(catalog)

    def write(self, words: str) -> None:
        add_listing(self.store, "ibu-ani/tampah", {"depan.jpg": b"a photo"}, words)
        discover(self.store, self.catalog)

    def work(self, pool: Pool) -> BatchSummary:
        leases = lease_listings(self.catalog, this_process())
        assert len(leases) == 1
        context = TaskContext(
            self.settings, open_photo_context(self.settings), self.catalog, cast(PhotoPool, pool)
        )
        return asyncio.run(process_listings(context, leases))

    def others_do_what_she_writes_now(self) -> None:
        let_pass(self.catalog, Listings, "expires_at")
        self.write("Tampah baru")
        self.work(Pool())


@pytest.fixture
def desk(folder_url: str, catalog_url: str) -> Iterator[Desk]:
    desk = Desk(folder_url, catalog_url)
    desk.write("Tampah lama")
    yield desk
    desk.catalog.close()


@pytest.mark.parametrize("fault", [None, StoreError("the line is gone")], ids=["finishes", "fails"])
def test_what_others_have_made_of_a_listing_stands(desk: Desk, fault: StoreError | None) -> None:
    assert desk.work(Pool(desk.others_do_what_she_writes_now, fault)) == BatchSummary()

    (row,) = list_listings(desk.catalog)
    assert row.result is not None
    assert (row.state, row.version, row.result.note.words) == (ListingState.WAITING, 2, "Tampah baru")
    assert ListingResult.model_validate_json(desk.store.get(row.key.document)) == row.result
