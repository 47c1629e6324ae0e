"""The first look at a photo that has just arrived: what is wrong with it, while its seller is still there.

It says what the work on the photo will say: the photo is decoded, cut out and measured in the same way, and only
what becomes of it is left out.
"""

import asyncio
import hashlib
from collections.abc import Callable
from typing import Final, TypeVar, cast

from config.settings import Settings
from flows.deadline import killed_after
from flows.photo_process import PhotoProcess, ProcessGone
from flows.photo_work import open_bench
from flows.stroke_preview import Preview, Trial, try_strokes
from models.photo import FirstLook, PhotoKey, SetAside
from models.rejection import PhotoRejected, RejectionReason
from models.store import ObjectMissing
from processing.assess.assess import assess
from processing.decode.limits import DecodeLimits
from processing.decode.photo import decode

Task = TypeVar("Task")
Answer = TypeVar("Answer")

LOOK_SECONDS: Final = 60
"""A look that takes so long will never end."""
IDLE_SECONDS: Final = 300.0
"""After so long without a photo the process is ended: its memory is wanted on a laptop."""


def look_first(settings: Settings, key: PhotoKey) -> FirstLook | SetAside:
    """Return what is seen of a photo of the store. Raises StoreError."""
    bench = open_bench(settings)
    try:
        data = bench.store.get(key.raw, limit=DecodeLimits().max_bytes)
    except ObjectMissing:
        return SetAside(file=key.file, sha256=None, reason=RejectionReason.MISSING)
    try:
        with killed_after(LOOK_SECONDS):
            picture = decode(data, name=key.file, min_side=bench.recipe.decode_side)
            matte = bench.estimator.estimate(picture)
            found = assess(picture, matte, bench.marketplaces, min_trust=bench.min_trust)
    except PhotoRejected as rejected:
        sha256 = hashlib.sha256(data).hexdigest()
        return SetAside(file=key.file, sha256=sha256, reason=rejected.reason, detail=rejected.detail)
    return FirstLook(
        score=found.score,
        trusted=matte.is_trusted(bench.min_trust),
        doubts=matte.doubts,
        defects=found.defects,
    )


def _ask(settings: Settings, work: Callable[[Settings, Task], Answer], task: Task) -> Answer:
    return work(settings, task)


class Lookout:
    """One process in which photos are looked at, one after the other; ended when none comes for a while."""

    def __init__(self, settings: Settings, *, idle_seconds: float = IDLE_SECONDS) -> None:
        self._settings = settings
        self._idle_seconds = idle_seconds
        self._process: PhotoProcess[..., object] | None = None
        self._turn = asyncio.Lock()
        self._end: asyncio.TimerHandle | None = None

    def wake(self) -> PhotoProcess[..., object]:
        """Return the process, started if there is none: to be called while a photo is still on its way."""
        if self._end is not None:
            self._end.cancel()
        self._end = asyncio.get_running_loop().call_later(self._idle_seconds, self.close)
        self._process = self._process or PhotoProcess(self._settings, _ask)
        return self._process

    async def look(self, key: PhotoKey) -> FirstLook | SetAside:
        """Return what is seen of a photo. Raises ProcessGone for one that no process survives, StoreError."""
        return await self._work(look_first, key)

    async def try_strokes(self, trial: Trial) -> Preview | None:
        """Return what strokes come to, ``None`` where the photo is not there any more. Raises as a look does."""
        return await self._work(try_strokes, trial)

    async def _work(self, work: Callable[[Settings, Task], Answer], task: Task) -> Answer:
        async with self._turn:
            try:
                return cast("Answer", await self.wake().work(work, task))
            except (ProcessGone, asyncio.CancelledError):
                self.close()
                raise

    def close(self) -> None:
        """End the process; the next photo starts another one."""
        if self._end is not None:
            self._end.cancel()
        if self._process is not None:
            self._process.close()
            self._process = None
