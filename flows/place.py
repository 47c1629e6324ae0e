"""Where a task finds what it works with: in the flow's own process, or in one of a cluster's."""

import multiprocessing
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import Protocol

from config.settings import Settings
from flows.chunk import Chunk
from flows.photo_work import open_bench
from flows.pool import PhotoPool
from storage.catalog.opening import open_catalog


class Place(Protocol):
    """Goes with a task to wherever it runs."""

    def open(self) -> AbstractContextManager[Chunk]:
        """Give what the task works with."""
        ...


class Here:
    """The flow's own process and pool; a plain class, which Prefect does not search for results."""

    def __init__(self, chunk: Chunk) -> None:
        self._chunk = chunk

    @contextmanager
    def open(self) -> Iterator[Chunk]:
        """Give what the flow has opened."""
        yield self._chunk


@dataclass(frozen=True, slots=True)
class There:
    """A process of a cluster, which reads its machine's own settings; a task has one processor there."""

    marketplaces: tuple[str, ...]
    """Those that the flow was asked for."""
    publish: bool

    @contextmanager
    def open(self) -> Iterator[Chunk]:
        """Open all of it for one task. Raises RuntimeError in a process that may have no child for its photos."""
        if multiprocessing.current_process().daemon:
            raise RuntimeError("start Dask's workers with DASK_DISTRIBUTED__WORKER__DAEMON=False")
        settings = Settings(marketplaces=self.marketplaces, workers=1)
        with closing(open_catalog(settings.catalog)) as catalog, PhotoPool(settings) as pool:
            yield Chunk(settings, open_bench(settings), catalog, pool, publish=self.publish)
