"""What arrives at the same moment is kept together, and each sender is told what became of its own."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import func, select, text

from models.event import ObjectChanged, Received
from storage.catalog import Catalog, CatalogError, open_catalog
from storage.catalog.event_queue import Queued
from storage.catalog.schema import Deliveries
from tests.storage.made import key
from web.ingest.inbox import MOST_WAITING, Crowded, Inbox


@pytest.fixture
def catalog(catalog_url: str) -> Catalog:
    return open_catalog(catalog_url)


def told(number: int, *, times: int = 1) -> tuple[Received, ...]:
    event = ObjectChanged(key=key(f"a/{number}"), file="1.jpg")
    return tuple(Received(identity=f"{number}-{time}", event=event) for time in range(times))


async def beside(inbox: Inbox, work: Coroutine[Any, Any, None]) -> None:
    """Do some work while the inbox runs."""
    running = asyncio.create_task(inbox.run())
    try:
        await work
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def test_each_of_many_is_told_what_became_of_its_own(catalog: Catalog) -> None:
    inbox = Inbox(catalog)

    async def send() -> None:
        ends = await asyncio.gather(*(inbox.put(told(number % 250, times=number % 3)) for number in range(500)))
        assert [len(end) for end in ends] == [number % 3 for number in range(500)]
        kept = sum(each is Queued.NEW for end in ends for each in end)
        with catalog.read() as connection:
            assert connection.execute(select(func.count()).select_from(Deliveries)).scalar_one() == kept
        assert inbox.arrived.is_set()

    asyncio.run(beside(inbox, send()))


def test_a_catalog_that_fails_is_told_to_those_who_wait_and_the_next_fare_better(catalog: Catalog) -> None:
    inbox = Inbox(catalog)

    async def send() -> None:
        with catalog.write() as connection:
            connection.execute(text("ALTER TABLE deliveries RENAME TO gone"))
        ends = await asyncio.gather(*(inbox.put(told(number)) for number in range(3)), return_exceptions=True)
        assert [type(end) for end in ends] == [CatalogError] * 3
        with catalog.write() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO deliveries"))
        assert await inbox.put(told(1)) == (Queued.NEW,)

    asyncio.run(beside(inbox, send()))


def test_a_sender_that_goes_away_holds_up_nobody(catalog: Catalog) -> None:
    inbox = Inbox(catalog)

    async def send() -> None:
        gone = asyncio.create_task(inbox.put(told(1)))
        await asyncio.sleep(0)
        gone.cancel()
        assert await inbox.put(told(2)) == (Queued.NEW,)

    asyncio.run(beside(inbox, send()))


def test_when_too_many_wait_the_next_is_sent_away(catalog: Catalog) -> None:
    inbox = Inbox(catalog)

    async def send() -> None:
        waiting = [asyncio.create_task(inbox.put(told(number))) for number in range(MOST_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(Crowded):
            await inbox.put(told(0))
        for each in waiting:
            each.cancel()

    asyncio.run(send())
