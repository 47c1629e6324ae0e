"""Ends a child process when its parent dies, however the parent dies.

A server is stopped by its parent and a pool's workers by a pipe; after ``kill -9`` of the parent neither learns
of it at once. On Linux the kernel can be asked to tell them: ``prctl(PR_SET_PDEATHSIG)``, see prctl(2). Run as a
program, this module ties itself to its parent and then becomes another Python module: ``python -m
flows.parent_death PARENT_ID MODULE ARGUMENT...``; the request outlives ``exec``.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with(parent: int, deadly: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to send this process ``deadly`` when the thread that started it ends.

    ``parent`` is the process id that the caller believes to be its parent: if it is gone already, we go too.
    Elsewhere than on Linux there is no such request, and a killed parent leaves its children behind.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(deadly), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    die_with(int(sys.argv[1]), signal.SIGTERM)
    os.execv(sys.executable, [sys.executable, "-m", *sys.argv[2:]])
