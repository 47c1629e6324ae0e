"""Where an object's bytes are written before they take its name: a file beside it, which is no object."""

import fcntl
import hashlib
import os
import uuid
from pathlib import Path
from typing import BinaryIO

START, END = ".etalase-", ".tmp"
"""A name with both is a write that has not finished, or never will."""


def is_temporary(name: str) -> bool:
    """Return whether a file of this name is no object."""
    return name.startswith(START) and name.endswith(END)


def open_temporary(path: Path) -> BinaryIO:
    """Open an empty file beside ``path``, to be moved there or removed by the caller before it is closed.

    Each path has one, locked while it is written: what a killed process has left of it is taken up by the next one
    that writes the same object. Whoever writes the same at the same time has a file of their own. Raises OSError.
    """
    name = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:32]
    return _claim(path.with_name(f"{START}{name}{END}")) or _named_by_lot(path)


def _claim(place: Path) -> BinaryIO | None:
    """Open a file that nobody else writes to at this moment, and empty it; ``None`` where somebody does."""
    file = place.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Its last writer may have moved it since it was opened.
        if os.path.samestat(os.fstat(file.fileno()), place.stat()):
            file.truncate(0)
            return file
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        # A file system without locks: then nobody writes to it.
        place.unlink(missing_ok=True)
    file.close()
    return None


def _named_by_lot(path: Path) -> BinaryIO:
    return path.with_name(f"{START}{uuid.uuid4().hex}{END}").open("xb")
