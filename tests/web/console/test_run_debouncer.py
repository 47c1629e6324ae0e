"""One run for a listing once a pause has passed after its last change."""

import asyncio

import pytest

from models.listing import ListingKey
from web.console import run_debouncer
from web.console.run_debouncer import RunDebouncer

TAMPAH, KOPI = (ListingKey(seller="ibu-ani", listing=name) for name in ("tampah", "kopi"))


def test_a_run_is_asked_for_in_the_newest_version_of_each_listing_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[ListingKey, int]] = []

    async def ask(key: ListingKey, version: int) -> None:
        asked.append((key, version))

    async def rest() -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def write() -> None:
        debouncer = RunDebouncer()
        for key, version in ((TAMPAH, 2), (KOPI, 7), (TAMPAH, 3)):
            debouncer.changed(key, version)
        await rest()
        debouncer.changed(TAMPAH, 4)
        await rest()

    monkeypatch.setattr(run_debouncer, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(run_debouncer, "request_new_words", ask)
    asyncio.run(write())

    assert sorted(asked, key=lambda one: one[1]) == [(TAMPAH, 3), (TAMPAH, 4), (KOPI, 7)]
