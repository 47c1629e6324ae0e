"""The process pool for photos: each process loads one inference session, once."""

import asyncio
from types import TracebackType
from typing import Self

from config.settings import Settings
from flows.photo_process import PhotoProcess, ProcessGone
from flows.photo_work import work_on_photo
from flows.progress import PhotoBegun, tell
from models.edit import NO_OVERRIDES, Overrides
from models.photo import PhotoKey, PhotoResult, SetAside
from models.rejection import RejectionReason

Worker = PhotoProcess[[PhotoKey, Overrides], PhotoResult]

PHOTOS_PER_PROCESS = 5000
"""A process is replaced after so many photos: what a decoder leaks is then given back. To start one takes more CPU
time than a photo."""


class PhotoPool:
    """Works on photos in ``settings.workers`` processes; survives a photo that kills the process it is in."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._idle: list[Worker] = []
        self._places = asyncio.Semaphore(settings.workers)
        self._second_try = asyncio.Lock()

    def __enter__(self) -> Self:
        # One wakes while the flow still looks for work. The others wait for a photo of their own: where there is
        # only one photo, they would take its processor away from it.
        self._idle.append(self._start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._idle:
            process.close()
        self._idle.clear()

    async def work(self, key: PhotoKey, overrides: Overrides = NO_OVERRIDES) -> PhotoResult:
        """Return what became of a photo, whose listing has these overrides. Raises StoreError.

        When its process dies it is tried once more in a fresh one: something else may have been to blame, such as
        too little memory for all. Hence no two are tried again at the same time. One that no process survives is
        set aside.
        """
        async with self._places:
            tell(PhotoBegun(key))
            try:
                return await self._work_in(self._idle.pop() if self._idle else self._start(), key, overrides)
            except ProcessGone:
                async with self._second_try:
                    return await self._try_again(key, overrides)

    async def _try_again(self, key: PhotoKey, overrides: Overrides) -> PhotoResult:
        try:
            return await self._work_in(self._start(), key, overrides)
        except ProcessGone:
            return SetAside(file=key.file, sha256=None, reason=RejectionReason.CRASHED)

    async def _work_in(self, process: Worker, key: PhotoKey, overrides: Overrides) -> PhotoResult:
        """Work on a photo in a process, and keep it for the next one unless it is dead or old."""
        keep = process.photos + 1 < PHOTOS_PER_PROCESS
        try:
            return await process.work(key, overrides)
        except (ProcessGone, asyncio.CancelledError):
            keep = False
            raise
        finally:
            if keep:
                self._idle.append(process)
            else:
                process.close()

    def _start(self) -> Worker:
        return PhotoProcess(self._settings, work_on_photo)
