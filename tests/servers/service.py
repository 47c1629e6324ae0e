"""One service of ``etalase up`` by itself, which a test may kill and start again where it stood."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.supervisor import Service

START_SECONDS = 300
STOP_SECONDS = 120


class LoneService:
    """A service's process, the first of a group of its own."""

    def __init__(self, service: Service, folder: Path, environment: Mapping[str, str]) -> None:
        """Take the folder that it is to run in, and what its environment is to have beside the service's own."""
        self._service = service
        self._folder = folder
        self._environment = {**service.environment, **environment}
        self.start()

    def start(self) -> None:
        """Start it, and return once it is healthy."""
        self._service.log.parent.mkdir(parents=True, exist_ok=True)
        with self._service.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self._service.arguments],
                cwd=self._folder,
                env=self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._service.is_healthy():
            assert self._process.poll() is None, self._service.log.read_text(errors="replace")[-4000:]
            assert time.monotonic() < deadline, self._service.log.read_text(errors="replace")[-4000:]
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end, and end whatever is left of it."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def lone(service: Service, folder: Path, environment: Mapping[str, str]) -> Iterator[LoneService]:
    """Run a service while the block lasts."""
    running = LoneService(service, folder, environment)
    try:
        yield running
    finally:
        running.stop()
