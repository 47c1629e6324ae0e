"""CPU time of processes that are not ours, with all below them: proc(5)."""

import os
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


def cpu_seconds(process: int) -> float:
    """Return the CPU time that a process and all below it have taken so far, the ended ones included."""
    below = _children()
    spent, members = 0.0, [process]
    while members:
        member = members.pop()
        members += below.get(member, [])
        if fields := _fields(member):
            # utime, stime, and those of children that were waited for
            spent += sum(int(field) for field in fields[11:15]) * TICK
    return spent


def parent_of(process: int) -> int:
    """Return the process that started another one."""
    return int(_fields(process)[1])


def children_of(process: int) -> list[int]:
    """Return all processes below one."""
    below = _children()
    found = list(below.get(process, []))
    for member in found:
        found += below.get(member, [])
    return found


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (fields := _fields(int(entry.name))):
            found.setdefault(int(fields[1]), []).append(int(entry.name))
    return found


def _fields(process: int) -> list[str]:
    """Return the fields of a process's ``stat`` from the third on: the second may itself have spaces."""
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
