"""One run for a pause in somebody's writing."""

import asyncio

import pytest

from models.listing import ListingKey
from web.console import new_words
from web.console.new_words import NewWords

TAMPAH, KOPI = (ListingKey(seller="ibu-ani", listing=name) for name in ("tampah", "kopi"))


def test_a_run_is_asked_for_in_the_newest_version_of_each_listing_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[ListingKey, int]] = []

    async def ask(key: ListingKey, version: int) -> None:
        asked.append((key, version))

    async def rest() -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def write() -> None:
        words = NewWords()
        for key, version in ((TAMPAH, 2), (KOPI, 7), (TAMPAH, 3)):
            words.arrived(key, version)
        await rest()
        words.arrived(TAMPAH, 4)
        await rest()

    monkeypatch.setattr(new_words, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(new_words, "request_new_words", ask)
    asyncio.run(write())

    assert sorted(asked, key=lambda one: one[1]) == [(TAMPAH, 3), (TAMPAH, 4), (KOPI, 7)]
