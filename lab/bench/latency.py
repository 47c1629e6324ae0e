"""How long a person waits: for commands of the shell, and for the first look at a photo that has just been sent.

    .venv/bin/python -m lab.bench.latency [PHOTO]

Each command runs in a process of its own, again and again; the first time, which compiles and reads from the disk,
is not counted. The first look is asked for in a process that has been woken before, as one is while a photo is on
its way: once as its first photo, then as its next. Printed are the least and the middle of the times by the clock,
and the least CPU time, which another program on the machine lengthens less.
"""

import asyncio
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings import Settings
from flows.first_look import FirstLookPool
from lab.bench.photo_cost import enlarged_samples
from models.photo import PhotoKey
from storage.object_store.opening import open_store

ROUNDS = 3
ETALASE = Path(sys.executable).with_name("etalase")
KEY = PhotoKey(seller="bu-ani", listing="tampah", file="depan.jpg")
STARTED_SECONDS = 10.0
"""Which a photo takes to arrive."""


def commands(photo: Path) -> dict[str, list[str]]:
    """Return what people type."""
    return {
        "etalase score PHOTO": ["score", str(photo)],
        "etalase suggest --note": ["suggest", "--note", "kemeja katun biru ukuran L 85 ribu"],
        "etalase status": ["status"],
        "etalase --help": ["--help"],
    }


def run(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Return the seconds that a command takes by the clock, and of CPU time."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([ETALASE, *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def tell(what: str, times: list[tuple[float, float]]) -> None:
    """Print a line."""
    clock, cpu = zip(*times, strict=True)
    print(f"{what:<32}{min(clock):8.2f}{statistics.median(clock):8.2f}{min(cpu):8.2f}")


async def first_looks(settings: Settings) -> tuple[float, list[float]]:
    """Return the seconds to the first answer of a process that has started, and to each of the next ones."""
    first_look_pool = FirstLookPool(settings, most=1)
    first_look_pool.wake()
    await asyncio.sleep(STARTED_SECONDS)

    async def timed() -> float:
        start = time.perf_counter()
        await first_look_pool.look(KEY)
        return time.perf_counter() - start

    first = await timed()
    next_ones = [await timed() for _ in range(ROUNDS)]
    first_look_pool.close()
    return first, next_ones


def main(paths: list[str]) -> None:
    """Measure and print."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        photo = folder / "foto.jpg"
        photo.write_bytes(Path(paths[0]).read_bytes() if paths else enlarged_samples()[0][1])
        print(f"{'s':<32}{'least':>8}{'median':>8}{'CPU':>8}")
        for what, arguments in commands(photo).items():
            tell(what, [run(arguments, folder) for _ in range(ROUNDS + 1)][1:])
        settings = Settings(home=folder)
        open_store(settings.store).put(KEY.raw, photo.read_bytes(), media_type="image/jpeg")
        first, next_ones = asyncio.run(first_looks(settings))
        print(f"first look, its first photo {first:8.2f}")
        print(f"first look, the next {min(next_ones):15.2f}{statistics.median(next_ones):8.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
