"""Those that are ready at the same moment are served at once, and none loses by another."""

import asyncio
import time
from collections.abc import Sequence
from itertools import pairwise

import pytest

from flows.batching import Batcher
from storage.catalog.connection import CatalogError, RowRefused

PACE = 0.2
"""Seconds."""


class Work:
    """Answers each with itself, unless it is told to fail; notes whom it was called with."""

    def __init__(self, fault: Exception | None = None, at: int | None = None) -> None:
        self.calls: list[tuple[int, ...]] = []
        self._fault = fault
        self._at = at

    def __call__(self, group: Sequence[int]) -> list[int | Exception]:
        self.calls.append(tuple(group))
        if self._fault is not None and self._at in group:
            raise self._fault
        return [LookupError(str(one)) if one < 0 else one for one in group]


async def do_all(work: Work, *ones: int) -> list[int | BaseException]:
    batcher = Batcher[int, int](work)
    return await asyncio.gather(*(batcher.submit(one) for one in ones), return_exceptions=True)


def test_the_first_is_served_alone_and_those_that_came_meanwhile_at_once() -> None:
    work = Work()
    assert asyncio.run(do_all(work, 1, 2, 3, 4)) == [1, 2, 3, 4]
    assert work.calls == [(1,), (2, 3, 4)]


def test_no_turn_begins_sooner_than_the_pace_allows_and_the_first_waits_for_nobody() -> None:
    begun: list[float] = []

    def work(group: Sequence[int]) -> list[int | Exception]:
        begun.append(time.monotonic())
        return list(group)

    async def come_one_by_one() -> float:
        batcher = Batcher[int, int](work, pace=PACE)
        came = time.monotonic()
        tasks = []
        for one in range(30):
            tasks.append(asyncio.create_task(batcher.submit(one)))
            await asyncio.sleep(PACE / 10)
        assert await asyncio.gather(*tasks) == list(range(30))
        return came

    came = asyncio.run(come_one_by_one())
    assert begun[0] - came < PACE
    assert min(after - before for before, after in pairwise(begun)) > 0.9 * PACE
    assert len(begun) < 15


def test_what_only_one_meets_is_told_to_that_one() -> None:
    first, second, third = asyncio.run(do_all(Work(), 1, -2, 3))
    assert (first, third) == (1, 3)
    assert isinstance(second, LookupError)


@pytest.mark.parametrize("fault", [RowRefused("this row"), ValueError("this one")])
def test_of_a_group_in_which_one_fails_each_is_tried_alone(fault: Exception) -> None:
    work = Work(fault, at=3)
    assert asyncio.run(do_all(work, 1, 2, 3, 4)) == [1, 2, fault, 4]
    assert work.calls == [(1,), (2, 3, 4), (2,), (3,), (4,)]


def test_a_catalog_that_is_away_is_away_for_all_and_not_asked_for_each() -> None:
    fault = CatalogError("no answer")
    work = Work(fault, at=3)
    assert asyncio.run(do_all(work, 1, 2, 3, 4)) == [1, fault, fault, fault]
    assert work.calls == [(1,), (2, 3, 4)]


def test_who_was_with_one_that_is_broken_off_is_broken_off_too_and_does_not_wait_for_ever() -> None:
    async def break_off() -> list[int | BaseException]:
        begun, go_on = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def work(group: Sequence[int]) -> list[int | Exception]:
            if 2 in group:
                loop.call_soon_threadsafe(begun.set)
                asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()
            return list(group)

        batcher = Batcher[int, int](work)
        tasks = [asyncio.create_task(batcher.submit(one)) for one in (1, 2, 3)]
        await begun.wait()
        tasks[1].cancel()
        last = asyncio.create_task(batcher.submit(4))
        ends = await asyncio.gather(*tasks, last, return_exceptions=True)
        go_on.set()
        return ends

    first, second, third, last = asyncio.run(break_off())
    assert (first, last) == (1, 4)
    assert isinstance(second, asyncio.CancelledError)
    assert isinstance(third, asyncio.CancelledError)
