"""Whether a long run stays as it began: CPU time a photo, memory, files, and how its databases grow.

    .venv/bin/python -m lab.bench.long_run [--photos 5000]

The samples are cut out, mirrored and lit a little differently until there are as many photos as wanted, four to a
listing, and go through ``etalase process`` on the embedded default, as on one laptop. Every few seconds the run is
looked at from outside: the CPU time that it and all its processes have taken, their memory (PSS: what is shared
counts once), open files, temporary files, and the sizes of the catalog and of Prefect's database. How quick a
shared machine is changes within half an hour, so at each look a piece of work that is always the same is timed,
and CPU time is told in that yardstick too. Printed are means over each fifth of the photos; the first has the
start in it.
"""

import argparse
import io
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageEnhance, ImageOps

from lab.bench.cpu_time import PROC, children_of, cpu_seconds
from models.store import ObjectStore
from storage.object_store.opening import open_store

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples/raw").rglob("*.jpg"))
YARDSTICK = ROOT / "samples/raw/ibu-sari/keranjang-rotan/depan.jpg"
WORDS = b'{"words": "kemeja katun biru ukuran L", "price": 85000}'
PHOTOS_OF_A_LISTING = 4
LOOK_SECONDS = 5.0
FIFTHS = 5


@dataclass(frozen=True, slots=True)
class Look:
    """How a run stands."""

    photos: int
    """Of which the catalog knows what became."""
    cpu: float
    """s, of the run with all its processes."""
    yardstick: float
    """ms of CPU time, of a piece of work that is always the same."""
    memory_mb: float
    own_mb: float
    """Of the memory, the run's own process."""
    files: int
    """Open in all its processes."""
    temporary: int
    catalog_mb: float
    prefect_mb: float


def variants(photos: int, seed: int = 0) -> Iterator[bytes]:
    """Yield so many photos that are all different, as JPEG."""
    chance = random.Random(seed)
    opened = [photo for path in SAMPLES if (photo := _open(path))]
    for number in range(photos):
        photo = opened[number % len(opened)]
        across, down = (round(side * chance.uniform(0.75, 1.0)) for side in photo.size)
        left, top = chance.randint(0, photo.width - across), chance.randint(0, photo.height - down)
        photo = photo.crop((left, top, left + across, top + down))
        photo = ImageOps.mirror(photo) if chance.random() < 0.5 else photo
        out = io.BytesIO()
        ImageEnhance.Brightness(photo).enhance(chance.uniform(0.85, 1.1)).save(out, "JPEG", quality=88)
        yield out.getvalue()


def _open(path: Path) -> Image.Image | None:
    """Return a sample upright; ``None`` for those that are meant to be broken."""
    try:
        return ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    except OSError:
        return None


def fill(store: ObjectStore, photos: int) -> None:
    """Put listings into the store."""
    for number, data in enumerate(variants(photos)):
        listing, photo = divmod(number, PHOTOS_OF_A_LISTING)
        place = f"raw/seller-{listing % 50:02d}/listing-{listing:05d}"
        store.put(f"{place}/{photo}.jpg", data, media_type="image/jpeg")
        if photo == 0:
            store.put(f"{place}/listing.json", WORDS, media_type="application/json")


def measure_yardstick() -> float:
    """Return the CPU ms that it takes to open a sample and make it small."""
    started = time.process_time()
    with Image.open(YARDSTICK) as photo:
        photo.resize((photo.width // 3, photo.height // 3), Image.Resampling.LANCZOS)
    return (time.process_time() - started) * 1e3


def look_at(process: int, home: Path, temporary: Path) -> Look:
    """Return how the run stands now."""
    members = [process, *children_of(process)]
    return Look(
        photos=_count_photos(home / "catalog.sqlite"),
        cpu=cpu_seconds(process),
        yardstick=measure_yardstick(),
        memory_mb=sum(_pss_kilobytes(member) for member in members) / 1024,
        own_mb=_pss_kilobytes(process) / 1024,
        files=sum(_count_files(member) for member in members),
        temporary=sum(1 for found in temporary.rglob("*") if found.is_file()),
        catalog_mb=_size_mb(home, "catalog.sqlite*"),
        prefect_mb=_size_mb(home, "prefect*/*.db*"),
    )


def watch(photos: int) -> list[Look]:
    """Have the photos processed, and return how the run stood every few seconds."""
    with TemporaryDirectory(prefix="etalase-long-") as name:
        home, temporary = Path(name) / "home", Path(name) / "tmp"
        temporary.mkdir()
        fill(open_store(f"file:{home}/store"), photos)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("ETALASE_", "PREFECT_"))}
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("etalase")), "process", "--json"],
            cwd=ROOT,
            env={**kept, "ETALASE_HOME": str(home), "TMPDIR": str(temporary)},
            stdout=subprocess.DEVNULL,
        )
        looks = []
        while process.poll() is None:
            time.sleep(LOOK_SECONDS)
            if process.poll() is None:
                looks.append(look_at(process.pid, home, temporary))
        if process.returncode:
            raise SystemExit(f"the run ended with {process.returncode}")
        if (done := _count_photos(home / "catalog.sqlite")) != photos:
            raise SystemExit(f"of {photos} photos {done} are accounted for")
        return looks


def report(looks: list[Look], photos: int) -> None:
    """Print the fifths, and what the databases grow by."""
    print(
        "fifth   CPU ms a photo   yardsticks   memory MB   the run's   files   temporary   catalog MB   Prefect MB"
    )
    fifths = [[look for look in looks if at <= look.photos * FIFTHS / photos < at + 1] for at in range(FIFTHS)]
    costs = []
    for number, fifth in enumerate(fifths):
        first, last = fifth[0], fifth[-1]
        cost = (last.cpu - first.cpu) / max(1, last.photos - first.photos) * 1000
        means = [sum(values) / len(fifth) for values in zip(*map(astuple, fifth), strict=True)]
        _, _, yardstick, memory, own, files, temporary, *_ = means
        costs.append(cost / yardstick)
        print(
            f"{number + 1:>5}{cost:>17.1f}{costs[-1]:>13.2f}{memory:>12.0f}{own:>12.0f}"
            f"{files:>8.0f}{temporary:>12.0f}{last.catalog_mb:>13.1f}{last.prefect_mb:>13.1f}"
        )
    print(f"the last fifth takes {costs[-1] / costs[1] - 1:+.1%} CPU time against the second, by the yardstick")
    second, last = fifths[1][0], fifths[-1][-1]
    thousands = (last.photos - second.photos) / 1000
    for what, grown in (
        ("catalog", last.catalog_mb - second.catalog_mb),
        ("Prefect", last.prefect_mb - second.prefect_mb),
    ):
        print(f"{what}: {grown / thousands:.2f} MB for 1,000 photos")


def _count_photos(catalog: Path) -> int:
    if not catalog.exists():
        return 0
    connection = sqlite3.connect(f"file:{catalog}?mode=ro", uri=True, timeout=60)
    try:
        return int(connection.execute("SELECT count(*) FROM photos WHERE state != 'new'").fetchone()[0])
    except sqlite3.OperationalError:  # it is being made
        return 0
    finally:
        connection.close()


def _pss_kilobytes(process: int) -> int:
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _count_files(process: int) -> int:
    try:
        return sum(1 for _ in (PROC / str(process) / "fd").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _size_mb(folder: Path, pattern: str) -> float:
    return sum(found.stat().st_size for found in folder.glob(pattern)) / 1e6


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--photos", type=int, default=5000)
    photos = arguments.parse_args().photos
    report(watch(photos), photos)


if __name__ == "__main__":
    main()
