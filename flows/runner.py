"""Runs a flow's tasks in its own process pool or on a cluster.

The flow takes the leases and keeps them alive wherever its tasks are; every write of theirs carries the lease's
fencing token. A task that a cluster runs a second time, after a machine of it was lost, does the same once more.
"""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from prefect import task
from prefect.cache_policies import NO_CACHE

from config.settings import LOCAL_RUNNER, Settings
from flows.cluster import Cluster, connected_to
from flows.context_provider import ContextProvider, LocalContext, RemoteContext
from flows.photo_work import open_photo_context
from flows.pool import PhotoPool
from flows.progress import ListingElsewhere, PhotosFound, tell
from flows.summary import BatchSummary
from flows.task_work import TaskContext, process_listings
from flows.transient import DELAYS, JITTER, may_pass
from models.lease import Lease
from storage.catalog.connection import Catalog

TASK_LIMIT = timedelta(hours=1)
"""Some hundred times what the photos of a task take that has as many as most have."""
PHOTO_LIMIT = timedelta(seconds=75)
"""Of each photo of a listing that has more, and is a task by itself."""
MOST_WAITING = 1000
"""Tasks of a cluster; each is waited for by a thread, which does nothing else."""


@task(
    name="process-photos",
    cache_policy=NO_CACHE,
    persist_result=False,
    timeout_seconds=TASK_LIMIT.total_seconds(),
    retries=len(DELAYS),
    retry_delay_seconds=DELAYS,
    retry_jitter_factor=JITTER,
    retry_condition_fn=may_pass,
)
async def process_photos(provider: ContextProvider, leases: tuple[Lease, ...]) -> BatchSummary:
    """Process leased listings of some dozens of photos.

    To do it again elsewhere is harmless: the same photos give the same bytes, and a listing that was finished
    stays so.
    """
    with provider.open() as context:
        return await process_listings(context, leases)


def limit_of(leases: tuple[Lease, ...]) -> timedelta:
    """Return how long a task over these listings may take."""
    return max(TASK_LIMIT, sum(len(lease.files) for lease in leases) * PHOTO_LIMIT)


class Runner(Protocol):
    """Works on leased listings, a task's worth at a time."""

    def count_places(self) -> int:
        """Return how many tasks it can be given at the same time."""
        ...

    async def process(self, leases: tuple[Lease, ...]) -> BatchSummary:
        """Have one task process leased listings. Raises what the task raises, TimeoutError past its limit."""
        ...


@contextmanager
def open_runner(settings: Settings, catalog: Catalog, *, publish: bool) -> Iterator[Runner]:
    """Give the runner that the settings name, ready, and let go of it afterwards."""
    if settings.runner == LOCAL_RUNNER:
        with PhotoPool(settings) as pool:
            yield _Local(TaskContext(settings, open_photo_context(settings), catalog, pool, publish=publish))
    else:
        with (
            connected_to(settings.runner) as cluster,
            ThreadPoolExecutor(MOST_WAITING, "cluster") as threads,
        ):
            yield _Remote(cluster, RemoteContext(settings.marketplaces, publish), threads)


class _Local:
    def __init__(self, context: TaskContext) -> None:
        self._provider = LocalContext(context)

    def count_places(self) -> int:
        # While one task's last photos are worked on, the next one's first already fill the pool.
        return 2

    async def process(self, leases: tuple[Lease, ...]) -> BatchSummary:
        task = process_photos.with_options(timeout_seconds=limit_of(leases).total_seconds())
        return await task(self._provider, leases)


class _Remote:
    def __init__(self, cluster: Cluster, provider: RemoteContext, threads: ThreadPoolExecutor) -> None:
        self._cluster = cluster
        self._provider = provider
        self._threads = threads

    def count_places(self) -> int:
        # One more than there are processors, so that none of them waits for us.
        return min(self._cluster.count_processors() + 1, MOST_WAITING)

    async def process(self, leases: tuple[Lease, ...]) -> BatchSummary:
        tell(PhotosFound(sum(len(lease.files) for lease in leases)))
        task = process_photos.with_options(timeout_seconds=limit_of(leases).total_seconds())
        future = self._cluster.tasks.submit(task, {"provider": self._provider, "leases": leases})
        summary: BatchSummary = await asyncio.get_running_loop().run_in_executor(self._threads, future.result)
        for lease in leases:
            tell(ListingElsewhere(lease.key, photos=len(lease.files)))
        return summary
