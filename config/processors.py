"""How many photos a machine works on at the same time unless it is told."""

import os
from contextlib import suppress
from pathlib import Path

MEMORY_EACH = 1_800_000_000
"""Bytes of the machine for each photo process. Of two runs at once each has as many, of some 300 MB, beside all
the rest of ``etalase up``; a laptop that is sold with 4 GB shows programs 3.6 to 3.9."""
LIMIT = Path("/sys/fs/cgroup/memory.max")
"""Where Linux says what the container may take, in bytes, or ``max``."""


def photos_at_once(processors: int, memory: int) -> int:
    """Return how many photo processes suit so many processors and so many bytes of memory: at least one."""
    return max(1, min(processors, memory // MEMORY_EACH))


def of_this_machine() -> int:
    """Return how many photo processes suit this machine, or the container that this runs in."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError):  # there is none
        memory = min(memory, int(LIMIT.read_text()))
    return photos_at_once(os.cpu_count() or 1, memory)
