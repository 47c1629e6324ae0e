"""Batches concurrent calls: all that wait at the same moment are served by one call."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from storage.catalog.connection import CatalogError, RowRefused

One = TypeVar("One")
End = TypeVar("End")
Ends = Sequence[End | Exception]


class Batcher(Generic[One, End]):
    """Calls ``work``, in a thread, with all that wait for it, and again with those that came meanwhile.

    Who comes alone is served alone, at once. But no turn begins sooner than ``pace`` seconds after the one
    before it: those that come in a crowd are served in few large groups. ``work`` returns the end of each in its
    place, or the exception that only this one meets.
    """

    def __init__(self, work: Callable[[Sequence[One]], Ends[End]], *, pace: float = 0.0) -> None:
        self._work = work
        self._pace = pace
        self._next_turn = 0.0
        self._waiting: list[tuple[One, asyncio.Future[End | Exception]]] = []
        self._turn = asyncio.Lock()

    async def submit(self, one: One) -> End:
        """Return what the work comes to for this one. Raises what ``work`` returns for it, and what it raises."""
        place: asyncio.Future[End | Exception] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, place))
        async with self._turn:
            if not place.done():
                now = asyncio.get_running_loop().time()
                if now < self._next_turn:
                    await asyncio.sleep(self._next_turn - now)
                self._next_turn = max(now, self._next_turn) + self._pace
                await self._serve_waiting()
        end = place.result()
        if isinstance(end, Exception):
            raise end
        return end

    async def _serve_waiting(self) -> None:
        group, self._waiting = self._waiting, []
        try:
            ends = await asyncio.to_thread(self._ends, [one for one, _ in group])
        except asyncio.CancelledError:
            for _, place in group:
                place.cancel()
            raise
        for (_, place), end in zip(group, ends, strict=True):
            place.set_result(end)

    def _ends(self, group: Sequence[One]) -> Ends[End]:
        try:
            return self._work(group)
        except Exception as fault:
            away = isinstance(fault, CatalogError) and not isinstance(fault, RowRefused)
            if away or len(group) == 1:
                return [fault] * len(group)
            # One of them is to blame, and the others are not to lose by it.
            return [end for one in group for end in self._ends([one])]
