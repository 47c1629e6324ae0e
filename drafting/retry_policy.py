"""Retries a language model's requests with growing pauses, and asks nothing while it does not answer."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from models.draft import DraftFailed, DraftFailure

Answer = TypeVar("Answer")

TRIES = 3
PAUSE_SECONDS = 1.0
"""Before the second try; twice as long before the third."""
LONGEST_PAUSE_SECONDS = 20.0
"""Who wants to be left alone for longer is not asked again for this listing."""
AWAY_AFTER = 3
"""Listings in a row without an answer, after which a model counts as away."""
AWAY_SECONDS = 60.0
"""How long nobody asks a model that is away."""
AWAY = frozenset({DraftFailure.TIMEOUT, DraftFailure.BUSY, DraftFailure.BROKEN, DraftFailure.UNREACHABLE})


class RetryableFailure(Exception):
    """A failure that another try may not meet."""

    def __init__(self, failure: DraftFailed, *, retry_after: float | None = None) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.retry_after = retry_after
        """Seconds that the server wants to be left alone for."""


@dataclass
class RetryPolicy:
    """What is remembered of a model's silence, for as long as a run takes."""

    pause: float = PAUSE_SECONDS
    _silent: int = field(default=0, init=False)
    _away_until: float = field(default=0.0, init=False)
    _why: DraftFailure = field(default=DraftFailure.UNREACHABLE, init=False)

    async def ask(self, question: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return a question's answer, asking again after what :class:`RetryableFailure`. Raises DraftFailed."""
        if time.monotonic() < self._away_until:
            raise DraftFailed(self._why, "not asked: it has not answered for the last listings")
        try:
            answer = await self._try(question)
        except DraftFailed as failed:
            self._note(failed.failure)
            raise
        self._silent = 0
        return answer

    async def _try(self, question: Callable[[], Awaitable[Answer]]) -> Answer:
        for number in range(TRIES):
            try:
                return await question()
            except RetryableFailure as fault:
                # Half of it by chance, so that many workers do not come back at the same moment.
                pause = self.pause * 2**number * random.uniform(0.5, 1.0)
                pause = max(pause, fault.retry_after or 0.0)
                if number == TRIES - 1 or pause > LONGEST_PAUSE_SECONDS:
                    raise fault.failure from fault
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _note(self, failure: DraftFailure) -> None:
        self._silent = self._silent + 1 if failure in AWAY else 0
        if self._silent >= AWAY_AFTER:
            self._away_until = time.monotonic() + AWAY_SECONDS
            self._silent, self._why = 0, failure
