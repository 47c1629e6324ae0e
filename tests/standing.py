"""``etalase up`` or ``etalase worker`` as it stands on a machine of its own."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.command import ETALASE

START_SECONDS = 600
STOP_SECONDS = 300
READY = "Ctrl-C"
"""In the last line that says that all is ready, in every language."""


@dataclass
class Command:
    """A command that stands."""

    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def said(self) -> str:
        """All that it has told so far."""
        return self.log.read_text()

    @property
    def api(self) -> str:
        """Where its Prefect server answers programs."""
        found = re.search(r"PREFECT_API_URL=(\S+)", self.said)
        assert found, self.said
        return found[1]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit code; each part is given 20 s to stop."""
        self.process.send_signal(how)
        return self.process.wait(STOP_SECONDS)


@contextmanager
def standing(folder: Path, variables: Mapping[str, str], *arguments: str, ready: str = READY) -> Iterator[Command]:
    """Start a command in ``folder`` and wait until it says ``ready``; end it afterwards, whatever happened."""
    log = folder / f"{arguments[0]}.txt"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [ETALASE, *arguments],
            cwd=folder,
            env={**variables, "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    command = Command(process, log)
    try:
        deadline = time.monotonic() + START_SECONDS
        while ready not in command.said:
            assert process.poll() is None, command.said
            assert time.monotonic() < deadline, command.said
            time.sleep(0.2)
        yield command
    finally:
        if process.poll() is None:
            command.stop()


def children_of(process: int) -> dict[int, str]:
    """Return the ids and command lines of all processes below one."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _parent(entry) == process:
            child = int(entry.name)
            # It may end while it is looked at.
            with suppress(OSError):
                found[child] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            found |= children_of(child)
    return found


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def memory_of(process: int) -> int:
    """Return what a process and all below it take of memory, in bytes: what is shared is counted once (PSS)."""
    total = 0
    for member in (process, *children_of(process)):
        try:
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
        total += int(found[1]) * 1024 if found else 0
    return total


def kill(process: int) -> None:
    """End a process as a power cut does."""
    os.kill(process, signal.SIGKILL)
