"""Requests one run for a listing once a pause has passed after its last change, instead of one for each change."""

import asyncio

from flows.editing import request_new_words
from models.listing import ListingKey

PAUSE_SECONDS = 4.0
"""Who has changed nothing for so long is done for now."""


class RunDebouncer:
    """Requests a run for a listing ``PAUSE_SECONDS`` after its last change, in the version of that change.

    A change is a new version, whatever made it: words, the photos' order, the recipe, a take, strokes, uploads.
    What is waited for here is forgotten when the process ends; the listing is due all the same.
    """

    def __init__(self) -> None:
        self._waiting: dict[ListingKey, asyncio.Task[None]] = {}

    def changed(self, key: ListingKey, version: int) -> None:
        """Begin the pause anew for a listing that has a new version."""
        if (earlier := self._waiting.pop(key, None)) is not None:
            earlier.cancel()
        self._waiting[key] = asyncio.create_task(self._ask(key, version))

    async def _ask(self, key: ListingKey, version: int) -> None:
        await asyncio.sleep(PAUSE_SECONDS)
        # What comes from now on is a change of its own.
        self._waiting.pop(key, None)
        await request_new_words(key, version)
