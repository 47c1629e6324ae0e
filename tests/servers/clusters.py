"""Real clusters on this machine, of two processors each, for flows whose photos are worked on elsewhere."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.servers.ports import free_port

START_SECONDS = 300
WORKERS = 2


@contextmanager
def running_dask(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Give the address of a Dask scheduler with two workers that have ``environment``."""
    _require("dask")
    port = free_port()
    scheduler = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        stack.enter_context(_running(folder, "scheduler", environment, ("--port", str(port))))
        _wait_for(port)
        for number in range(WORKERS):
            more = (scheduler, "--name", str(number), "--nthreads", "1", "--local-directory", str(folder))
            own = {**environment, "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
            stack.enter_context(_running(folder, "worker", own, more))
        yield f"dask://127.0.0.1:{port}"


@contextmanager
def running_ray(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Give the address of a Ray cluster of two processors, whose processes have ``environment``."""
    _require("ray")
    port = free_port()
    # Its sockets' paths may have 107 letters, which a test's own folder has already.
    with TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as short:
        arguments = [
            str(Path(sys.executable).with_name("ray")),
            *("start", "--head", "--block", "--disable-usage-stats", "--include-dashboard", "false"),
            *("--node-ip-address", "127.0.0.1", "--port", str(free_port()), "--temp-dir", short),
            *("--ray-client-server-port", str(port), "--num-cpus", str(WORKERS)),
        ]
        with _process(arguments, folder / "ray.log", environment):
            _wait_for(port)
            yield f"ray://127.0.0.1:{port}"


def _require(kind: str) -> None:
    # Beyond what every test environment has: Ray is large, and both go the same way through our code.
    if importlib.util.find_spec(f"prefect_{kind}") is None:
        pytest.skip(f"prefect-{kind} is not here: pip install prefect-{kind}")


@contextmanager
def _running(folder: Path, role: str, environment: Mapping[str, str], more: tuple[str, ...]) -> Iterator[None]:
    arguments = [sys.executable, "-m", "dask", role, "--no-dashboard", "--host", "127.0.0.1", *more]
    with _process(arguments, folder / f"dask-{role}.log", environment):
        yield


@contextmanager
def _process(arguments: list[str], log: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Run a program in a group of its own, and end the whole group afterwards."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            arguments, cwd=log.parent, env=dict(environment), stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert time.monotonic() < deadline, "nobody listens"
        time.sleep(0.2)
