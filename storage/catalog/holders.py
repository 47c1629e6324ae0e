"""Identifies the process that holds a lease, and tells whether it is still alive on this machine."""

import os
import socket
from pathlib import Path

from models.lease import Holder

PROC = Path("/proc")


def this_process() -> Holder:
    """Return this process as a lease's holder; a forked child is another one."""
    process = os.getpid()
    started = _started(process)
    if started is None:
        raise RuntimeError(f"{PROC}/{process}/stat says that this process is not running")
    return Holder(host=_host(), boot=_boot(), process=process, started=started)


def is_known_dead(holder: Holder) -> bool:
    """Return whether this machine can tell that ``holder`` is gone; of another machine's it knows nothing.

    A process is gone when its machine has been started again since, when its number is free, a zombie's, or that
    of a process which began at another time.
    """
    if holder.host != _host():
        return False
    return holder.boot != _boot() or _started(holder.process) != holder.started


def _host() -> str:
    # Two containers on one machine may share its name, but never see each other's processes.
    return f"{socket.gethostname()}/{(PROC / 'self/ns/pid').readlink()}"


def _boot() -> str:
    return (PROC / "sys/kernel/random/boot_id").read_text().strip()


def _started(process: int) -> int | None:
    """Return a running process's start in clock ticks since boot; ``None`` for one that is gone or a zombie.

    Field 22 of proc(5)'s ``stat``; the second one, the program's name, may itself have spaces and brackets.
    """
    try:
        fields = (PROC / str(process) / "stat").read_bytes().rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, started = fields[0], fields[19]
    return None if state in {b"Z", b"X", b"x"} else int(started)
