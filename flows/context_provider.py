"""Gives a task its context: the flow's own, or one opened in a cluster's process."""

import multiprocessing
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import Protocol

from config.settings import Settings
from flows.photo_work import open_photo_context
from flows.pool import PhotoPool
from flows.task_work import TaskContext
from storage.catalog.opening import open_catalog


class ContextProvider(Protocol):
    """Goes with a task to wherever it runs."""

    def open(self) -> AbstractContextManager[TaskContext]:
        """Give the task's context."""
        ...


class LocalContext:
    """The flow's own process and pool; a plain class, which Prefect does not search for results."""

    def __init__(self, context: TaskContext) -> None:
        self._context = context

    @contextmanager
    def open(self) -> Iterator[TaskContext]:
        """Give what the flow has opened."""
        yield self._context


@dataclass(frozen=True, slots=True)
class RemoteContext:
    """A process of a cluster, which reads its machine's own settings; a task has one processor there."""

    marketplaces: tuple[str, ...]
    """Those that the flow was asked for."""
    publish: bool

    @contextmanager
    def open(self) -> Iterator[TaskContext]:
        """Open all of it for one task. Raises RuntimeError in a process that may have no child for its photos."""
        if multiprocessing.current_process().daemon:
            raise RuntimeError("start Dask's workers with DASK_DISTRIBUTED__WORKER__DAEMON=False")
        settings = Settings(marketplaces=self.marketplaces, workers=1)
        with closing(open_catalog(settings.catalog)) as catalog, PhotoPool(settings) as pool:
            yield TaskContext(settings, open_photo_context(settings), catalog, pool, publish=self.publish)
