"""Batches concurrent calls: all that wait at the same moment are served by one call."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from storage.catalog.connection import CatalogError, RowRefused

Item = TypeVar("Item")
Result = TypeVar("Result")
Results = Sequence[Result | Exception]


class Batcher(Generic[Item, Result]):
    """Calls ``work``, in a thread, with all that wait for it, and again with those that came meanwhile.

    Who comes alone is served alone, at once. But no turn begins sooner than ``pace`` seconds after the one
    before it: those that come in a crowd are served in few large groups. ``work`` returns each one's result in its
    place, or the exception that only this one meets.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Results[Result]], *, pace: float = 0.0) -> None:
        self._work = work
        self._pace = pace
        self._next_turn = 0.0
        self._waiting: list[tuple[Item, asyncio.Future[Result | Exception]]] = []
        self._turn = asyncio.Lock()

    async def submit(self, item: Item) -> Result:
        """Return what the work comes to for this one. Raises what ``work`` returns for it, and what it raises."""
        future: asyncio.Future[Result | Exception] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        async with self._turn:
            if not future.done():
                now = asyncio.get_running_loop().time()
                if now < self._next_turn:
                    await asyncio.sleep(self._next_turn - now)
                self._next_turn = max(now, self._next_turn) + self._pace
                await self._serve_waiting()
        result = future.result()
        if isinstance(result, Exception):
            raise result
        return result

    async def _serve_waiting(self) -> None:
        group, self._waiting = self._waiting, []
        try:
            results = await asyncio.to_thread(self._results, [one for one, _ in group])
        except asyncio.CancelledError:
            for _, future in group:
                future.cancel()
            raise
        for (_, future), result in zip(group, results, strict=True):
            future.set_result(result)

    def _results(self, group: Sequence[Item]) -> Results[Result]:
        try:
            return self._work(group)
        except Exception as fault:
            away = isinstance(fault, CatalogError) and not isinstance(fault, RowRefused)
            if away or len(group) == 1:
                return [fault] * len(group)
            # One of them is to blame, and the others are not to lose by it.
            return [result for one in group for result in self._results([one])]
