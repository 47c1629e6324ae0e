"""The web application as it stands in use: a server process of its own."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.servers.ports import free_port

START_SECONDS = 300
STOP_SECONDS = 120


@contextmanager
def running_web(folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Give the address of the application, which runs in ``folder`` with these variables, once it is ready."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    arguments = ["uvicorn", "--factory", "web.app:create_app", "--host", "127.0.0.1", "--port", str(port)]
    log = folder / "web.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=folder,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_ready(server, address, log)
        yield address
    finally:
        server.terminate()
        server.wait(STOP_SECONDS)


def _wait_until_ready(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(log.read_text())
