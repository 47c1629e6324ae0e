"""Runs for what somebody is still changing, words or photos: one for a pause, not one for each change."""

import asyncio

from flows.editing import request_new_words
from models.listing import ListingKey

PAUSE_SECONDS = 4.0
"""Who has written nothing for so long is done for now."""


class NewWords:
    """Asks for a run once a listing has not changed for a while.

    What is waited for here is forgotten when the process ends; the listing is due all the same.
    """

    def __init__(self) -> None:
        self._waiting: dict[ListingKey, asyncio.Task[None]] = {}

    def arrived(self, key: ListingKey, version: int) -> None:
        """Take note of a new version."""
        if (earlier := self._waiting.pop(key, None)) is not None:
            earlier.cancel()
        self._waiting[key] = asyncio.create_task(self._ask(key, version))

    async def _ask(self, key: ListingKey, version: int) -> None:
        await asyncio.sleep(PAUSE_SECONDS)
        # What comes from now on is a change of its own.
        self._waiting.pop(key, None)
        await request_new_words(key, version)
