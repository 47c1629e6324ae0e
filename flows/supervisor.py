"""Supervises long-running child processes: starts them, restarts those that end, and stops them together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

START_SECONDS = 300
"""A village laptop's first start of Prefect's server takes most of a minute."""
STOP_SECONDS = 20
LOOK_SECONDS = 0.2
QUICK_SECONDS = 60
QUICK_DEATHS = 3
"""So often in a row may a service end within ``QUICK_SECONDS`` of its start."""
LOG_TAIL = 2000


class ServiceFailed(Exception):
    """A service does not start or keeps ending: ``service`` is its name, the message has the end of its log."""

    def __init__(self, service: str, log: Path) -> None:
        self.service = service
        super().__init__(f"{log}:\n{log.read_text(errors='replace')[-LOG_TAIL:]}")


@dataclass(frozen=True, slots=True)
class Service:
    """One long-running program."""

    name: str
    arguments: tuple[str, ...]
    """Of this Python, after ``-m``."""
    environment: Mapping[str, str]
    """What it needs beyond our own environment."""
    log: Path
    is_healthy: Callable[[], bool]


@dataclass(slots=True)
class _Running:
    service: Service
    process: subprocess.Popen[bytes]
    since: float
    quick_deaths: int = 0


@dataclass(slots=True)
class Supervisor:
    """Runs services while the block lasts; at its end they stop, the last one first, with all their children.

    Each is tied to this process: even ``kill -9`` of it leaves none behind.
    """

    _running: list[_Running] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._running:
            _stop(self._running.pop().process)

    def start(self, service: Service) -> None:
        """Start a service and wait until it is healthy. Raises ServiceFailed."""
        running = _Running(service, _launch(service), time.monotonic())
        self._running.append(running)
        _wait_until_healthy(running)

    def watch(self, on_restart: Callable[[str], None]) -> None:
        """Restart each service that ends, and tell its name, until a signal ends this. Raises ServiceFailed."""
        while True:
            time.sleep(LOOK_SECONDS)
            for running in self._running:
                if running.process.poll() is not None:
                    _restart(running)
                    on_restart(running.service.name)


def _restart(running: _Running) -> None:
    _end_group(running.process)
    quick = time.monotonic() - running.since < QUICK_SECONDS
    running.quick_deaths = running.quick_deaths + 1 if quick else 1
    if running.quick_deaths > QUICK_DEATHS:
        raise ServiceFailed(running.service.name, running.service.log)
    running.process, running.since = _launch(running.service), time.monotonic()


def _launch(service: Service) -> subprocess.Popen[bytes]:
    service.log.parent.mkdir(parents=True, exist_ok=True)
    with service.log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.parent_death", str(os.getpid()), *service.arguments],
            env={**os.environ, **service.environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for us, who stop services in their order; and a group of its own has an end that we see.
            start_new_session=True,
        )


def _wait_until_healthy(running: _Running) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and running.process.poll() is None:
        if running.service.is_healthy():
            return
        time.sleep(LOOK_SECONDS)
    raise ServiceFailed(running.service.name, running.service.log)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    _end_group(process)
    process.wait()


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End what a service may have left behind: it leads a group of its own, and its children are in it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
