"""A web server of its own for the length of a measurement."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

START_SECONDS = 60.0


@contextmanager
def web_server(folder: Path, port: int, settings: Mapping[str, str]) -> Iterator[None]:
    """Run the web application in ``folder``, with no other settings than these, while the block lasts.

    Ends the command with what the server has said where it does not stand after START_SECONDS.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ETALASE_", "PREFECT_"))}
    environment = {**kept, "PYTHONPATH": str(Path(__file__).parents[2]), **settings}
    command = [sys.executable, "-m", "uvicorn", "--factory", "web.app:create_app", "--port", str(port)]
    log = folder / "web.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--no-access-log"], cwd=folder, env=environment, stdout=output, stderr=output
        )
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/readyz", log)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_ready(address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit(log.read_text()) from None
            time.sleep(0.1)
