"""Etalase beside what a user would pick instead, in one table: ``make bench``, or with PHOTOS="..." on your own.

    .venv/bin/python -m lab.bench.peers [--cores N] [--rounds N] [--json FILE] [PHOTO...]

Every way takes the same photos on the same cores, in turn, several rounds long: figures are medians over the
rounds, ratios are taken within a round. Without arguments samples are enlarged to 12 megapixels. Ways that use one
thread run in as many processes as there are cores, as workers do; the others get as many threads. A Ceph RGW of
its own serves the way from S3.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from lab.bench.peers.figures import Figures, Round, figures_of, table
from lab.bench.peers.ways import ORDER
from lab.bench.photo_cost import enlarged_samples
from tests.servers.ceph_rgw import BUCKET, running_ceph_rgw

ROOT = Path(__file__).parents[3]
INTERPRETERS = {"ours": ROOT / ".venv/bin/python", "peers": ROOT / "lab/bench/.venv/bin/python"}
PHOTOS_OF_A_PROCESS = 6


class Running:
    """A way's processes, which are ready and take the photos when they are asked."""

    def __init__(self, way: ModuleType, cores: int, photos: list[Path], environment: Mapping[str, str]) -> None:
        self.way = way
        threads = cores if way.THREADED else 1
        module = ["-m", "lab.bench.peers.timing", way.__name__.rpartition(".")[2], str(threads)]
        self._processes = [
            subprocess.Popen(
                [INTERPRETERS[way.INTERPRETER], *module, *map(str, photos)],
                cwd=ROOT,
                env={**environment, "OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(1 if way.THREADED else cores)
        ]
        self._answers("ready")

    def take(self) -> Round:
        """Have all processes take the photos at the same time."""
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        answers = [json.loads(answer) for answer in self._answers()]
        return Round(
            photos=sum(answer["photos"] for answer in answers),
            seconds=max(answer["seconds"] for answer in answers),
            cpu=sum(answer["cpu"] for answer in answers),
            peak_mb=max(answer["peak_mb"] for answer in answers),
        )

    def end(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.kill()
            process.communicate()

    def _answers(self, expected: str | None = None) -> list[str]:
        lines = [process.stdout.readline().strip() for process in self._processes if process.stdout is not None]
        if not all(lines) or (expected is not None and set(lines) != {expected}):
            raise SystemExit(f"{self.way.LABEL}: ended, or said something else than expected: {lines}")
        return lines


def measure(photos: list[Path], cores: int, rounds: int) -> list[Figures]:
    """Return what each way takes, in the order of ``ORDER``."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    some = [photos[at % len(photos)] for at in range(PHOTOS_OF_A_PROCESS)]
    with ExitStack() as until_done, u2netp() as home:
        server = until_done.enter_context(running_ceph_rgw())
        store = {"ETALASE_STORE": f"s3://{BUCKET}/bench", **server.environment}
        environment = {**os.environ, **store, "U2NET_HOME": str(home), "MODEL_CHECKSUM_DISABLED": "1"}
        running = []
        for name in ORDER:
            way = import_module(f"lab.bench.peers.ways.{name}")
            running.append(Running(way, cores, some, environment))
            until_done.callback(running[-1].end)
        taken: list[list[Round]] = [[] for _ in running]
        for number in range(rounds):
            for found, one in zip(taken, running, strict=True):
                found.append(one.take())
                print(f"{number + 1}/{rounds} {one.way.LABEL}: {found[-1].seconds:.1f} s", flush=True)
    return [figures_of(one.way, found, taken[0], cores) for one, found in zip(running, taken, strict=True)]


@contextmanager
def u2netp() -> Iterator[Path]:
    """Give the folder in which rembg finds a graph of U2-Net-p."""
    with TemporaryDirectory() as home:
        command = [INTERPRETERS["peers"], "-m", "lab.bench.peers.graph", home]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        yield Path(home)


def main() -> None:
    """Measure, print the table, and keep the figures where they are wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="*", type=Path)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="where to keep the figures; a plot is drawn beside it")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        photos = [photo.resolve() for photo in asked.photos]
        for at, (name, data) in enumerate([] if photos else enlarged_samples()):
            photos.append(Path(folder) / f"{at}-{name}")
            photos[-1].write_bytes(data)
        figures = measure(photos, asked.cores, asked.rounds)
    print(table(figures))
    if asked.json is not None:
        asked.json.write_text(json.dumps([one.__dict__ for one in figures], indent=1) + "\n")
        draw = [INTERPRETERS["peers"], "-m", "lab.bench.peers.plot", asked.json, asked.json.with_suffix(".svg")]
        subprocess.run(draw, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
