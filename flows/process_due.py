"""The batch flow: everything new in the object store, processed and published."""

import asyncio
from collections.abc import AsyncIterator

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from config.settings import Settings
from flows.chunk import LEASE_SECONDS, Chunk, process_chunk
from flows.photo_work import open_bench
from flows.pool import PhotoPool
from flows.publish_due import publish_due
from flows.summary import BatchSummary
from models.lease import Lease
from storage.catalog.coming import seconds_until_due
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.discovery import discover

PHOTOS_PER_TASK = 48
"""A Prefect task costs 10 to 250 ms, so it holds many photos."""
TASKS_AT_ONCE = 2
"""While one task's last photos are worked on, the next one's first already fill the pool."""
PATIENCE_SECONDS = 60.0
"""A listing that falls due so soon is waited for: photos that just arrived, or a fault that may have passed."""


@flow(name="process-due", persist_result=False)
async def process_due(seller: str | None = None) -> BatchSummary:
    """Process every listing that is due and publish those that are approved.

    ``seller`` limits the run to one seller. Any number of these may run at once, anywhere: they share the work by
    lease.
    """
    settings = Settings()
    bench, catalog = open_bench(settings), open_catalog(settings.catalog)
    found = await asyncio.to_thread(discover, bench.store, catalog, seller=seller)
    summary = BatchSummary(strays=found.strays, stray_keys=found.stray_keys)
    with PhotoPool(settings) as pool:
        async for done in _work_until_none_is_due(Chunk(settings, bench, catalog, pool), seller):
            summary += done
    return summary + await publish_due()


@task(name="process-photos", cache_policy=NO_CACHE, persist_result=False)
async def process_photos(chunk: Chunk, leases: tuple[Lease, ...]) -> BatchSummary:
    """Process leased listings of about :data:`PHOTOS_PER_TASK` photos."""
    return await process_chunk(chunk, leases)


async def _work_until_none_is_due(chunk: Chunk, seller: str | None) -> AsyncIterator[BatchSummary]:
    """Take leases and work on them, a few tasks at a time, and yield what each task did."""
    running: set[asyncio.Future[BatchSummary]] = set()
    while True:
        if len(running) < TASKS_AT_ONCE and (leases := await asyncio.to_thread(_take, chunk, seller)):
            running.add(asyncio.ensure_future(process_photos(chunk, leases)))
        elif running:
            finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for future in finished:
                yield future.result()
        elif (wait := seconds_until_due(chunk.catalog, seller=seller)) is not None and wait <= PATIENCE_SECONDS:
            await asyncio.sleep(wait)
        else:
            return


def _take(chunk: Chunk, seller: str | None) -> tuple[Lease, ...]:
    return lease_listings(
        chunk.catalog, this_process(), photos=PHOTOS_PER_TASK, seconds=LEASE_SECONDS, seller=seller
    )
