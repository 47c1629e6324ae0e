"""One child process that works on photos, fed one at a time through a pipe.

Nothing is shared with another process, neither a queue nor a lock: whichever dies, at whatever moment, takes along
the one photo that it has. (``concurrent.futures`` has one queue for all. When a process dies it closes that queue
while a photo may just be handed in, which then fails, or is never answered.)
"""

import asyncio
import multiprocessing
import os
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Concatenate, Generic, ParamSpec, TypeVar

from config.settings import Settings
from flows.photo_work import start_process

SPAWN = multiprocessing.get_context("spawn")
"""Forking after OpenCV, onnxruntime or Prefect have started threads can hang."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Read when a process loads numpy: small matrices gain nothing from threads where all processors are in use."""

Task = ParamSpec("Task")
Answer = TypeVar("Answer")


class ProcessGone(Exception):
    """The process has died, and nobody knows how far it was with its photo."""


class PhotoProcess(Generic[Task, Answer]):
    """A process that is started when this is made; it opens what it needs while the caller goes on."""

    def __init__(self, settings: Settings, work: Callable[Concatenate[Settings, Task], Answer]) -> None:
        os.environ.update(ONE_THREAD)
        self.photos = 0
        """That it was given so far."""
        self._pipe, theirs = SPAWN.Pipe()
        arguments = (theirs, os.getpid(), settings, work)
        # A daemon: should somebody forget to close it, the interpreter does not wait for it at its end.
        self._process = SPAWN.Process(target=_serve, args=arguments, daemon=True)
        self._process.start()
        # From now on the process alone has the other end: the pipe ends when it does.
        theirs.close()

    async def work(self, *task: Task.args, **named: Task.kwargs) -> Answer:
        """Return what became of a photo. Raises ProcessGone, and what the work itself raises.

        A process of which the answer was not waited for is only to be closed.
        """
        self.photos += 1
        loop = asyncio.get_running_loop()
        answered = loop.create_future()
        place = self._pipe.fileno()  # which a closed pipe does not tell any more
        loop.add_reader(place, _note, answered)
        try:
            self._pipe.send((task, named))
            await answered
            answer: Answer | Exception = self._pipe.recv()
        except (EOFError, OSError) as end:
            raise ProcessGone(f"process {self._process.pid} has died") from end
        finally:
            loop.remove_reader(place)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """End the process, whatever it does: nothing is lost by that but the answer."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _note(answered: "asyncio.Future[None]") -> None:
    if not answered.done():
        answered.set_result(None)


def _serve(
    pipe: Connection, parent: int, settings: Settings, work: Callable[Concatenate[Settings, Task], Answer]
) -> None:
    """Answer each photo that comes, in the new process, until the pipe ends."""
    start_process(parent, settings)
    while True:
        try:
            task, named = pipe.recv()
        except EOFError:
            return
        try:
            answer: Answer | Exception = work(settings, *task, **named)
        except Exception as fault:
            # Sent as it is, an exception leaves its traceback behind.
            fault.add_note("".join(traceback.format_exception(fault)))
            answer = fault
        pipe.send(answer)
