"""A Prefect server on PostgreSQL, started as docs/scale.md says."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.prefect_server import KEEP_SMALL, QUIET, RECORD_TOGETHER, answers
from tests.servers.ports import free_port

START_SECONDS = 300
"""An empty database takes all of Prefect's migrations first."""
STOP_SECONDS = 120


@contextmanager
def running_prefect(database: str, folder: Path) -> Iterator[str]:
    """Give the address of a server whose data are in ``database``, named as a catalog is, while the block runs."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/api"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ETALASE_", "PREFECT_"))}
    own = {
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database.replace("+psycopg:", "+asyncpg:"),
        "PREFECT_SERVER_UI_API_URL": address,
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env={**kept, **QUIET, **KEEP_SMALL, **RECORD_TOGETHER, **own},
            stdout=output,
            stderr=output,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(address):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(STOP_SECONDS)
