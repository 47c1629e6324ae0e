"""One way on some photos, in a process of its own: ``python -m lab.bench.peers.timing WAY THREADS PHOTO...``.

The first photo is taken unmeasured. Then each line on standard input is answered by one of JSON: how many photos
were taken, in how many seconds and CPU seconds, and the most memory that one process has taken so far.
"""

import importlib
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def main(name: str, threads: int, photos: list[Path]) -> None:
    """Warm up, and answer."""
    way = importlib.import_module(f"lab.bench.peers.ways.{name}")

    def measured(some: list[Path]) -> tuple[float, float]:
        with TemporaryDirectory() as scratch:
            return _timed(way.prepare(some, Path(scratch), threads))

    measured(photos[:1])
    print("ready", flush=True)
    for _ in sys.stdin:
        seconds, cpu = measured(photos)
        taken = len(photos)
        if way.STARTS:
            start_seconds, start_cpu = measured(photos[:1])
            seconds, cpu, taken = seconds - start_seconds, cpu - start_cpu, taken - 1
        peak = max(resource.getrusage(who).ru_maxrss for who in WHOSE) / 1024
        print(json.dumps({"photos": taken, "seconds": seconds, "cpu": cpu, "peak_mb": peak}), flush=True)


def _timed(run: Callable[[], None]) -> tuple[float, float]:
    """Return how long a call takes, in s, and its CPU time with that of the programs that it runs."""
    cpu, clock = _cpu_seconds(), time.perf_counter()
    run()
    return time.perf_counter() - clock, _cpu_seconds() - cpu


def _cpu_seconds() -> float:
    spent = [resource.getrusage(who) for who in WHOSE]
    return sum(one.ru_utime + one.ru_stime for one in spent)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), [Path(photo) for photo in sys.argv[3:]])
