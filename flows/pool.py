"""The process pool that photos are worked on in: one inference session for each process, loaded once."""

import asyncio
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from config.settings import Settings
from flows.photo_work import process_id, start_process, work_on_photo
from models.photo import PhotoKey, PhotoResult, SetAside
from models.rejection import RejectionReason

PHOTOS_PER_PROCESS = 500
"""A process is replaced after so many photos: what a decoder leaks is then given back."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Read when a process loads numpy: small matrices gain nothing from threads where all processors are in use."""


class PhotoPool:
    """Works on photos in ``settings.workers`` processes; survives a photo that kills the process it is in."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._executor = self._start(settings.workers)
        self._alone = asyncio.Lock()
        # Few photos wait inside the executor: when a process dies, all that it holds must be tried again.
        self._places = asyncio.Semaphore(2 * settings.workers)

    def __enter__(self) -> Self:
        for _ in range(self._settings.workers):
            self._executor.submit(process_id)  # wakes the processes while the flow still looks for work
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    async def work(self, key: PhotoKey) -> PhotoResult:
        """Return what became of a photo. Raises StoreError.

        When a process dies, every photo that was in the pool is tried again, each alone in a pool of its own, so
        that the one to blame is known and set aside and the others are not.
        """
        async with self._places:
            executor = self._executor
            try:
                return await self._submit(executor, key)
            except BrokenProcessPool:
                async with self._alone:
                    if self._executor is executor:
                        self._executor = self._start(self._settings.workers)
                    return await self._work_alone(key)

    async def _work_alone(self, key: PhotoKey) -> PhotoResult:
        with self._start(1) as executor:
            try:
                return await self._submit(executor, key)
            except BrokenProcessPool:
                return SetAside(file=key.file, sha256=None, reason=RejectionReason.CRASHED)

    async def _submit(self, executor: ProcessPoolExecutor, key: PhotoKey) -> PhotoResult:
        return await asyncio.wrap_future(executor.submit(work_on_photo, self._settings, key))

    def _start(self, processes: int) -> ProcessPoolExecutor:
        os.environ.update(ONE_THREAD)
        return ProcessPoolExecutor(
            max_workers=processes,
            # Forking after OpenCV, onnxruntime or Prefect have started threads can hang.
            mp_context=multiprocessing.get_context("spawn"),
            initializer=start_process,
            initargs=(os.getpid(), self._settings),
            max_tasks_per_child=PHOTOS_PER_PROCESS,
        )
