"""Starts, awaits and stops a Prefect server for a run on one machine.

Prefect can start such a server by itself, but waits 20 s at most, tells nobody, drops task records when it stops
and leaves the server behind when the run is killed. Nothing here imports Prefect, which reads its settings then.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from flows.prefect_api import ServerAway, headers

START_SECONDS = 300
STOP_SECONDS = 15
ANSWER_SECONDS = 10
"""One that is busy is not away; where nobody listens, the kernel says so at once."""

QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
}
"""Set where the person has not set them: no analytics, and only what matters on the terminal."""

RECORD_TOGETHER = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "1",
}
"""What it hears of tasks is written once a second, not each message on its own: with its defaults a server takes
more time for each photo, and a short-lived one loses most task runs, for it stops before they are written."""

KEEP_SMALL = {
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "2d",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
}
"""Events are most of what Prefect's database grows by."""


class ServerNotStarted(Exception):
    """Prefect's server did not answer in time; the message holds the end of its log."""


@contextmanager
def prefect_server(home: Path) -> Iterator[str]:
    """Give the address of a Prefect API for the time of the block, and make Prefect use it.

    A standing server named by ``PREFECT_API_URL`` is used as it is. Otherwise one is started that keeps its data
    in ``home/prefect``, and stopped at the end. Must be entered before anything imports Prefect.

    Raises
    ------
    ServerNotStarted
        When the server exits or has not answered within ``START_SECONDS``, or the standing one does not answer.
    """
    if "prefect" in sys.modules:
        raise RuntimeError("prefect was imported before its server's address was known")
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    standing = os.environ.get("PREFECT_API_URL")
    if standing:
        if not answers(standing):
            raise ServerNotStarted(f"nothing answers at PREFECT_API_URL={standing}")
        yield standing
        return
    folder = (home / "prefect").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PREFECT_HOME"] = str(folder)
    port = _free_port()
    log = folder / "server.log"
    server = _start(port, log)
    try:
        address = f"http://127.0.0.1:{port}/api"
        _wait_until_healthy(server, address, log)
        os.environ["PREFECT_API_URL"] = address
        yield address
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        _stop(server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(port: int, log: Path) -> subprocess.Popen[bytes]:
    environment = {
        **RECORD_TOGETHER,
        **KEEP_SMALL,
        **os.environ,
        # What Prefect itself sets for its embedded server: no pages, no services that a short run has no use for.
        "PREFECT_UI_ENABLED": "false",
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
    }
    uvicorn = ["uvicorn", "--factory", "prefect.server.api.server:create_app", "--log-level", "error"]
    place = ["--host", "127.0.0.1", "--port", str(port), "--lifespan", "on", "--timeout-graceful-shutdown", "5"]
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "flows.parent_death", str(os.getpid()), *uvicorn, *place],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for us: the server must outlive the run that it records.
            start_new_session=True,
        )


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if answers(address):
            return
        time.sleep(0.1)
    tail = log.read_text(errors="replace")[-2000:]
    raise ServerNotStarted(f"Prefect's server did not start within {START_SECONDS} s; {log} ends with:\n{tail}")


def answers(address: str) -> bool:
    """Return whether a Prefect API answers at an address."""
    try:
        request = Request(f"{address.rstrip('/')}/health", headers=headers())
        with urlopen(request, timeout=ANSWER_SECONDS) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004  HTTP's OK
    except (ServerAway, URLError, OSError, ValueError):
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
