"""The server that a run brings along: it answers, it is used, and nothing of it stays."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.object_store.opening import open_store
from tests.command import ETALASE, environment, run_etalase
from tests.sellers import add_listing, draw_photo

pytestmark = pytest.mark.heavy
PATIENCE_SECONDS = 300


def processes_naming(text: str) -> list[int]:
    """Return the ids of the processes whose command line or environment holds ``text``, this one left out."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if text.encode() in (entry / "environ").read_bytes() and (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for ``condition()`` to be true, and fail when it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.05)


def test_a_run_starts_its_own_server_and_leaves_none_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    add_listing(open_store(f"file:{home}/store"), "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})

    run = run_etalase(tmp_path, environment(home), "process")

    assert run.returncode == 0, run.stderr
    assert (home / "prefect" / "prefect.db").exists()
    wait_until(lambda: not processes_naming(str(home)))


def test_after_kill_9_neither_server_nor_pool_is_left_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for number in range(8):
        add_listing(open_store(f"file:{home}/store"), f"ibu-ani/n{number}", {"a.jpg": draw_photo(number)})
    run = subprocess.Popen(
        [ETALASE, "process"],
        cwd=tmp_path,
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until((home / "store" / "renditions").exists)
    assert len(processes_naming(str(home))) > 2

    run.send_signal(signal.SIGKILL)
    run.wait()

    wait_until(lambda: not processes_naming(str(home)))
