"""A disk that is full when a test says so: a real one, or, where none can be mounted, a limit on files."""

import resource
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.faults.village import processes_with

MEGABYTES = 256


class SmallDisk(Protocol):
    """A disk on which a run keeps everything."""

    def fill(self) -> None:
        """Leave no room: whatever is written from now on fails."""

    def free(self) -> None:
        """Give the room back."""


class Mounted:
    """A file system in memory."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Write until the kernel says that there is no space left."""
        with self._filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(65536))
            except OSError:
                pass

    def free(self) -> None:
        """Remove what fills it."""
        self._filler.unlink()


class Limited:
    """The kernel's limit on the size of any file that a run writes: ``RLIMIT_FSIZE``."""

    def __init__(self, home: str) -> None:
        self._home = home

    def fill(self) -> None:
        """Let no process of the run, nor any that it starts, write a byte more into a file."""
        self._limit(0)

    def free(self) -> None:
        """Lift the limit."""
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        for process in processes_with(self._home):
            try:
                resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            except ProcessLookupError:
                continue


@contextmanager
def small_disk(folder: Path, home: str) -> Iterator[SmallDisk]:
    """Give a disk at ``folder`` for the installation whose ``ETALASE_HOME`` is ``home``."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "etalase-tests", str(folder)]
    mounted = subprocess.run(mount, check=False, capture_output=True, text=True)
    if mounted.returncode:
        warnings.warn(f"no full disk, but a limit on files instead: {mounted.stderr.strip()}", stacklevel=2)
        yield Limited(home)
        return
    try:
        yield Mounted(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
