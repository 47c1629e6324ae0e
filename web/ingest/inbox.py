"""The way into the catalog's queue: what arrives at the same moment is kept in one transaction.

A transaction ends with the disk's word that it is kept, which takes some milliseconds however much is in it. One
thread writes; requests that arrive meanwhile go together into the next transaction.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from models.event import Received
from storage.catalog.connection import Catalog
from storage.catalog.event_queue import Queued, queue

MOST_WAITING = 1000
"""Requests; with more the catalog is far behind, and a sender had better come back later."""
BATCH = 200
"""Requests to a transaction."""


class Crowded(Exception):
    """Too many requests wait already; nothing was kept."""


@dataclass(frozen=True, slots=True)
class _Request:
    received: tuple[Received, ...]
    end: "asyncio.Future[tuple[Queued, ...]]"


class Inbox:
    """Keeps events for the time of :meth:`run`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._waiting: list[_Request] = []
        self._asked = asyncio.Event()
        self.arrived = asyncio.Event()
        """Set when something was kept."""

    async def put(self, received: tuple[Received, ...]) -> tuple[Queued, ...]:
        """Keep events and return what became of each, once it is certain. Raises CatalogError, Crowded."""
        if not received:
            return ()
        if len(self._waiting) >= MOST_WAITING:
            raise Crowded
        request = _Request(received, asyncio.get_running_loop().create_future())
        self._waiting.append(request)
        self._asked.set()
        return await request.end

    async def run(self) -> None:
        """Write what arrives, until cancelled."""
        with ThreadPoolExecutor(1, "inbox") as writer:
            while True:
                await self._asked.wait()
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                if not self._waiting:
                    self._asked.clear()
                await self._write(writer, batch)

    async def _write(self, writer: ThreadPoolExecutor, batch: list[_Request]) -> None:
        received = [each for request in batch for each in request.received]
        try:
            ends = await asyncio.get_running_loop().run_in_executor(writer, queue, self._catalog, received)
        # Whatever it is, each sender is told; and the next batch may fare better.
        except Exception as fault:
            for request in batch:
                if not request.end.done():
                    request.end.set_exception(fault)
            return
        left = iter(ends)
        for request in batch:
            end = tuple(next(left) for _ in request.received)
            # A sender that has gone away waits no more.
            if not request.end.done():
                request.end.set_result(end)
        if Queued.NEW in ends:
            self.arrived.set()
