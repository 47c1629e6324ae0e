"""A task that is tried again for the sake of some of its listings leaves the others as they are."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import cast

import pytest

from config.settings import Settings
from flows.photo_work import open_photo_context
from flows.pool import PhotoPool
from flows.summary import BatchSummary
from flows.task_work import TaskContext, process_listings
from models.photo import PhotoKey, PhotoResult, SetAside
from models.rejection import RejectionReason
from models.state import ListingState
from storage.catalog import Catalog, CatalogError
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.reading import list_listings
from storage.discovery import discover
from storage.object_store.opening import open_store
from tests.sellers import add_listing


class Pool:
    """A pool for which no photo can be used, and one fails the first time."""

    def __init__(self, fault: Exception) -> None:
        self.asked: Counter[str] = Counter()
        self.fault = fault

    async def work(self, key: PhotoKey, overrides: object) -> PhotoResult:
        self.asked[key.listing] += 1
        if key.listing == "tampah" and self.asked["tampah"] == 1:
            raise self.fault
        return SetAside(file=key.file, sha256=None, reason=RejectionReason.CRASHED)


@pytest.fixture
def catalog(catalog_url: str) -> Iterator[Catalog]:
    catalog = open_catalog(catalog_url)
    yield catalog
    catalog.close()


@pytest.fixture
def settings(folder_url: str, catalog_url: str, catalog: Catalog) -> Settings:
    """An installation that knows two listings."""
    store = open_store(folder_url)
    for listing in ("bakul", "tampah"):
        add_listing(store, f"ibu-ani/{listing}", {"depan.jpg": b"a photo"}, "tampah")
    discover(store, catalog)
    return Settings(store=folder_url, catalog=catalog_url)


def test_what_has_ended_is_not_done_again(settings: Settings, catalog: Catalog) -> None:
    pool = Pool(CatalogError("the catalog is away"))
    context = TaskContext(settings, open_photo_context(settings), catalog, cast(PhotoPool, pool))
    leases = lease_listings(catalog, this_process())

    with pytest.raises(CatalogError):
        asyncio.run(process_listings(context, leases))
    (ended, _) = sorted(list_listings(catalog), key=lambda row: row.key.listing)
    assert asyncio.run(process_listings(context, leases)) == BatchSummary(
        listings=2, photos=2, set_aside=2, waiting=2
    )

    assert pool.asked == {"bakul": 1, "tampah": 2}
    rows = sorted(list_listings(catalog), key=lambda row: row.key.listing)
    assert rows[0] == ended
    assert not context.ended


def test_a_listing_that_we_stumble_over_is_postponed_and_the_others_go_on(
    settings: Settings, catalog: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    pool = Pool(KeyError("dia."))
    context = TaskContext(settings, open_photo_context(settings), catalog, cast(PhotoPool, pool))

    summary = asyncio.run(process_listings(context, lease_listings(catalog, this_process())))

    assert (summary.listings, summary.waiting, summary.postponed) == (1, 1, 1)
    rows = {row.key.listing: row for row in list_listings(catalog)}
    assert rows["bakul"].state is ListingState.WAITING
    assert (rows["tampah"].state, rows["tampah"].error) == (ListingState.DUE, "KeyError('dia.')")
    assert "ibu-ani/tampah could not be processed" in caplog.text
