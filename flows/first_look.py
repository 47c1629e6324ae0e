"""Assesses a photo that has just arrived, while its seller is still there, in a small pool of processes.

It says what the work on the photo will say: the photo is decoded, cut out and measured in the same way, and only
what becomes of it is left out.
"""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeAlias, TypeVar, cast

from config.settings import Settings
from flows.deadline import killed_after
from flows.photo_process import PhotoProcess, ProcessGone
from flows.photo_work import open_photo_context
from flows.stroke_preview import Preview, Trial, try_strokes
from models.photo import FirstLook, PhotoKey, SetAside
from models.rejection import PhotoRejected, RejectionReason
from models.store import ObjectMissing
from processing.assess.assess import assess
from processing.decode.limits import DecodeLimits
from processing.decode.photo import decode

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Worker: TypeAlias = PhotoProcess[..., object]

LOOK_SECONDS: Final = 60
"""A look that takes so long will never end."""
IDLE_SECONDS: Final = 300.0
"""After so long without a photo a process is ended: its memory is wanted on a laptop."""
MOST: Final = 2
"""Processes, where as many photos are worked on at the same time: each takes some 300 MB."""
MANY: Final = 4
"""Photos that wait for one process about as long as another one takes to start."""


def look_first(settings: Settings, key: PhotoKey) -> FirstLook | SetAside:
    """Return what is seen of a photo of the store. Raises StoreError."""
    context = open_photo_context(settings)
    try:
        data = context.store.get(key.raw, limit=DecodeLimits().max_bytes)
    except ObjectMissing:
        return SetAside(file=key.file, sha256=None, reason=RejectionReason.MISSING)
    try:
        with killed_after(LOOK_SECONDS):
            picture = decode(data, name=key.file, min_side=context.recipe.decode_side)
            matte = context.estimator.estimate(picture)
            # No marketplace is asked: what is said of it is the same wherever she sells.
            found = assess(picture, matte, (), min_trust=context.min_trust, recipe=context.recipe)
    except PhotoRejected as rejected:
        sha256 = hashlib.sha256(data).hexdigest()
        return SetAside(file=key.file, sha256=sha256, reason=rejected.reason, detail=rejected.detail)
    return FirstLook(
        score=found.score,
        trusted=matte.is_trusted(context.min_trust),
        doubts=matte.doubts,
        defects=found.defects,
    )


def _stand_ready(settings: Settings, _: None) -> None:
    """Do nothing: who is answered knows that the process has started."""


def _ask(settings: Settings, work: Callable[[Settings, Task], Answer], task: Task) -> Answer:
    return work(settings, task)


class FirstLookPool:
    """A few processes in which photos are looked at, one after the other in each; one that has nothing to do ends.

    Another one is started where many photos wait, and joins when it is ready. The one that was used last is taken
    first, so that the others are the ones that end.
    """

    def __init__(self, settings: Settings, *, most: int | None = None, idle_seconds: float = IDLE_SECONDS) -> None:
        self._settings = settings
        self._most = most or min(MOST, settings.workers)
        self._idle_seconds = idle_seconds
        self._processes: list[Worker] = []
        self._free: list[Worker] = []
        self._freed = asyncio.Event()
        self._waiting = 0
        self._ends: dict[Worker, asyncio.TimerHandle] = {}
        self._joining: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Have a process ready: to be called while a photo is still on its way."""
        crowded = self._waiting >= MANY and len(self._processes) < self._most
        if crowded or not self._processes:
            self._start()
        elif self._free:
            self._give_back(self._free.pop())

    async def look(self, key: PhotoKey) -> FirstLook | SetAside:
        """Return what is seen of a photo. Raises ProcessGone for one that no process survives, StoreError."""
        return await self._work(look_first, key)

    async def try_strokes(self, trial: Trial) -> Preview | None:
        """Return what strokes come to, ``None`` where the photo is not there any more. Raises as a look does."""
        return await self._work(try_strokes, trial)

    def close(self) -> None:
        """End all processes; the next photo starts another one."""
        if self._joining is not None:
            self._joining.cancel()
        for process in [*self._processes]:
            self._end(process)

    async def _work(self, work: Callable[[Settings, Task], Answer], task: Task) -> Answer:
        return await self._use(await self._take(), work, task)

    async def _take(self) -> Worker:
        self._waiting += 1
        try:
            self.wake()
            while not self._free:
                self._freed.clear()
                await self._freed.wait()
                self.wake()
        finally:
            self._waiting -= 1
        process = self._free.pop()
        self._ends.pop(process).cancel()
        return process

    async def _use(self, process: Worker, work: Callable[[Settings, Task], Answer], task: Task) -> Answer:
        try:
            answer = cast("Answer", await process.work(work, task))
        except (ProcessGone, asyncio.CancelledError):
            self._end(process)
            raise
        except Exception:  # of the work itself, which leaves the process as it was
            self._give_back(process)
            raise
        self._give_back(process)
        return answer

    def _start(self) -> None:
        process: Worker = PhotoProcess(self._settings, _ask)
        self._processes.append(process)
        if len(self._processes) == 1:
            self._give_back(process)  # its first photo may wait in its pipe: no other process is sooner ready
        else:
            self._joining = asyncio.create_task(self._join(process))

    async def _join(self, process: Worker) -> None:
        with suppress(ProcessGone):
            await self._use(process, _stand_ready, None)

    def _give_back(self, process: Worker) -> None:
        if process in self._ends:
            self._ends[process].cancel()
        loop = asyncio.get_running_loop()
        self._ends[process] = loop.call_later(self._idle_seconds, self._end, process)
        self._free.append(process)
        self._freed.set()

    def _end(self, process: Worker) -> None:
        if process in self._ends:
            self._ends.pop(process).cancel()
        if process in self._free:
            self._free.remove(process)
        if process in self._processes:
            self._processes.remove(process)
        process.close()
        self._freed.set()  # whoever waits for it starts another
