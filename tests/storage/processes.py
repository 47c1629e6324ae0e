"""Starting workers that race with each other, step by step."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORKER = Path(__file__).with_name("worker.py")


class Worker:
    """A process of ``worker.py``."""

    def __init__(self, task: str, catalog_url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(WORKER), task, catalog_url],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def hear(self) -> str:
        """Return what the worker says after its step; fails if it died over it."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the worker died with {self._process.wait()}"
        return line.strip()

    def go_on(self) -> None:
        """Let it take its next step."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """As kill -9 does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


@contextmanager
def workers(count: int, task: str, catalog_url: str) -> Iterator[list[Worker]]:
    """Start workers at once; whatever is left of them is ended afterwards."""
    running = [Worker(task, catalog_url) for _ in range(count)]
    try:
        yield running
    finally:
        for worker in running:
            worker.kill()


def next_step(running: list[Worker]) -> list[str]:
    """Let all take their next step at once and return what each says after it."""
    for worker in running:
        worker.go_on()
    return [worker.hear() for worker in running]
