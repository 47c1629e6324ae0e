"""One task's worth of leased listings: worked on together, their leases kept alive meanwhile."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from config.settings import Settings
from flows.listing_work import work_on_listing
from flows.photo_work import Bench
from flows.pool import PhotoPool
from flows.progress import PhotosFound, tell
from flows.summary import BatchSummary
from models.lease import Lease, LeaseLost
from models.store import StoreError
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.leases import release, renew

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0
"""How long a worker elsewhere waits before it takes over what a lost one held; renewed well before."""


class Chunk:
    """What a task works with: a plain class, which Prefect does not traverse when it inspects arguments."""

    def __init__(self, settings: Settings, bench: Bench, catalog: Catalog, pool: PhotoPool) -> None:
        self.settings = settings
        self.bench = bench
        self.catalog = catalog
        self.pool = pool


async def process_chunk(chunk: Chunk, leases: tuple[Lease, ...]) -> BatchSummary:
    """Process leased listings; one that fails is released or dropped, and the others go on."""
    tell(PhotosFound(sum(len(lease.files) for lease in leases)))
    async with _kept_alive(chunk.catalog, leases):
        summaries = await asyncio.gather(*(_process(chunk, lease) for lease in leases))
    return sum(summaries, BatchSummary())


async def _process(chunk: Chunk, lease: Lease) -> BatchSummary:
    try:
        result = await work_on_listing(chunk.settings, chunk.bench, chunk.catalog, chunk.pool, lease)
    except LeaseLost:
        log.warning("%s was taken over by another worker", lease.key)
        return BatchSummary()
    except StoreError as fault:
        log.warning("%s is tried again later: %s", lease.key, fault)
        await asyncio.to_thread(release, chunk.catalog, lease, error=str(fault))
        return BatchSummary(postponed=1)
    return BatchSummary.of(result)


@asynccontextmanager
async def _kept_alive(catalog: Catalog, leases: tuple[Lease, ...]) -> AsyncIterator[None]:
    """Renew leases while the block runs, well before they expire."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 4)
            try:
                await asyncio.to_thread(renew, catalog, leases, seconds=LEASE_SECONDS)
            except CatalogError as fault:
                log.warning("leases could not be renewed, which is tried again: %s", fault)

    keeper = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
