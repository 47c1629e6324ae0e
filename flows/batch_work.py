"""The loop that every processing flow shares: discover, lease what is due and process it, until nothing is due."""

import asyncio
import functools
import logging
from collections.abc import AsyncIterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass

from prefect import task
from prefect.cache_policies import NO_CACHE

from config.settings import Settings
from flows.intake import discover_all, discover_queued
from flows.lease_heartbeat import LEASE_SECONDS, kept_alive
from flows.noted_progress import noted_in
from flows.progress import ListingElsewhere, tell
from flows.runner import Runner, open_runner
from flows.summary import BatchSummary
from flows.transient import DELAYS, JITTER, ask_patiently, may_pass
from models.lease import Lease, LeaseLost
from models.listing import ListingKey
from models.store import ObjectStore
from storage.catalog.connection import Catalog
from storage.catalog.due import held_listings, seconds_until_due
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release
from storage.catalog.opening import open_catalog
from storage.catalog.sellers import choose_marketplaces
from storage.discovery import Discovery
from storage.object_store.opening import open_store

log = logging.getLogger(__name__)

PHOTOS_PER_TASK = 48
"""A Prefect task costs 10 to 250 ms, so it holds many photos."""
PATIENCE_SECONDS = 60.0
"""A listing that falls due so soon is waited for: photos that just arrived, or a fault that may have passed."""
LOOK_SECONDS = 1.0
"""Between two looks at what another run is about to finish."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which listings a run takes; by default all."""

    seller: str | None = None
    prefix: str = ""
    """The beginning of the listings' names."""
    marketplaces: tuple[str, ...] = ()
    """Where the seller sells from now on; empty: as was said before."""
    look: bool = True
    """Whether to look at the store; otherwise only at the listings that events have named."""


class Desk:
    """What a run looks for work with: a plain class, which Prefect does not search for results."""

    def __init__(self, settings: Settings, store: ObjectStore, catalog: Catalog, scope: Scope) -> None:
        self.settings = settings
        self.store = store
        self.catalog = catalog
        self.scope = scope


async def work_on_due(settings: Settings, scope: Scope, *, publish: bool = True) -> BatchSummary:
    """Process every listing in ``scope`` that is new or due; what may be published enters the outbox.

    Any number of these may run at once, anywhere: they share the work by lease. One for a single seller ends when
    all of hers is processed, whoever does it. Raises StoreError and CatalogError
    when store or catalog stay away longer than a few tries take.
    """
    desk = Desk(settings, open_store(settings.store), open_catalog(settings.catalog), scope)
    # Of a run for one seller somebody may look on, photo by photo; nobody does of a nightly one.
    noted = noted_in(desk.catalog) if scope.seller is not None else nullcontext()
    with noted, open_runner(settings, desk.catalog, publish=publish) as runner:
        found = await find_new(desk)
        if scope.seller is not None and scope.marketplaces:
            # Not before: until her photos are found she may not be known.
            choose = functools.partial(choose_marketplaces, desk.catalog, scope.seller, scope.marketplaces)
            await ask_patiently(choose)
        summary = BatchSummary(strays=found.strays, stray_keys=found.stray_keys)
        async for done in _work_until_none_is_due(desk, runner):
            summary += done
    return summary


@task(
    name="find-new",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=len(DELAYS),
    retry_delay_seconds=DELAYS,
    retry_jitter_factor=JITTER,
    retry_condition_fn=may_pass,
)
async def find_new(desk: Desk) -> Discovery:
    """Bring the catalog up to date with what events have told and with what lies in the object store."""
    if not desk.scope.look:
        return await asyncio.to_thread(discover_queued, desk.settings, desk.store, desk.catalog)
    return await asyncio.to_thread(
        discover_all,
        desk.settings,
        desk.store,
        desk.catalog,
        seller=desk.scope.seller,
        prefix=desk.scope.prefix,
    )


async def _work_until_none_is_due(desk: Desk, runner: Runner) -> AsyncIterator[BatchSummary]:
    """Take leases and have them worked on, a few tasks at a time, and yield what each task did."""
    running: set[asyncio.Future[BatchSummary]] = set()
    while True:
        if len(running) < runner.count_places() and (leases := await ask_patiently(lambda: _take(desk))):
            running.add(asyncio.ensure_future(_process(desk, runner, leases)))
        elif running:
            finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for future in finished:
                yield future.result()
        elif (wait := await ask_patiently(lambda: _seconds_until_due(desk))) is not None:
            await asyncio.sleep(wait)
        elif held := await ask_patiently(lambda: _held_elsewhere(desk)):
            for key in held:
                tell(ListingElsewhere(key))
            await asyncio.sleep(LOOK_SECONDS)
        else:
            return


async def _process(desk: Desk, runner: Runner, leases: tuple[Lease, ...]) -> BatchSummary:
    try:
        async with kept_alive(desk.catalog, leases):
            return await runner.process(leases)
    except TimeoutError as fault:
        log.warning("%s: %s", ", ".join(str(lease.key) for lease in leases), fault)
        return await asyncio.to_thread(_postpone, desk.catalog, leases, repr(fault))


def _postpone(catalog: Catalog, leases: tuple[Lease, ...], error: str) -> BatchSummary:
    """Give back what a task did not come to the end of; its finished photos are taken over the next time."""
    postponed = 0
    for lease in leases:
        with suppress(LeaseLost):
            release(catalog, lease, error=error)
            postponed += 1
    return BatchSummary(postponed=postponed)


def _take(desk: Desk) -> tuple[Lease, ...]:
    return lease_listings(
        desk.catalog,
        this_process(),
        photos=PHOTOS_PER_TASK,
        seconds=LEASE_SECONDS,
        seller=desk.scope.seller,
        prefix=desk.scope.prefix,
    )


def _held_elsewhere(desk: Desk) -> tuple[ListingKey, ...]:
    """Return what another run has taken of that which somebody waits for here; a run for all waits for nobody."""
    if desk.scope.seller is None:
        return ()
    return held_listings(desk.catalog, seller=desk.scope.seller, prefix=desk.scope.prefix)


def _seconds_until_due(desk: Desk) -> float | None:
    """Return how long it is until something falls due; ``None`` when that is not worth waiting for."""
    wait = seconds_until_due(desk.catalog, seller=desk.scope.seller, prefix=desk.scope.prefix)
    return wait if wait is not None and wait <= PATIENCE_SECONDS else None
