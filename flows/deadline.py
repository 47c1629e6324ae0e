"""Kills this process if a decoder hangs in C code, where no Python code runs any more."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def killed_after(seconds: int) -> Iterator[None]:
    """Have the kernel end this process if the block takes longer; to be entered in a process's main thread.

    The pool then knows its process to be dead, as after any crash: see :class:`flows.pool.PhotoPool`.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
