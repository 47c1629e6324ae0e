"""Whether workers that share one catalog get into each other's way: taking leases, and waiting for locks.

    .venv/bin/python -m lab.bench.contention --server postgresql+psycopg://USER:PASSWORD@127.0.0.1/postgres

Several ``etalase process`` at once, each a process of its own, on small listings in one catalog in PostgreSQL; a
photo's work is left out, so that they call the catalog as often as they ever could. Each notes how long its calls
take. Meanwhile PostgreSQL is asked a hundred times a second who waits for whose lock, and at the end how often two
waited for each other for ever. Each listing must have been taken, finished and published exactly once.
"""

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from flows.prefect_server import prefect_server
from lab.bench.contending_worker import TIMES
from lab.bench.real_photo import process_sample
from lab.bench.scratch_database import plain, scratch_database
from lab.bench.stubbed_photo import RESULT
from models.rendition import StoredRendition
from models.store import ObjectStore
from storage.catalog.opening import open_catalog
from storage.object_store.opening import open_store

ROOT = Path(__file__).parents[2]
NOTE = json.dumps({"words": "Keranjang rotan anyaman 45rb", "price": None}).encode()
PICTURE = "renditions/bench/one.jpg"
SELLERS = 20
LOOK_SECONDS = 0.01
TAKING = ("lease_listings", "renew", "lease_publications")
"""The calls that are about leases."""


@dataclass
class Outcome:
    """What the workers came to."""

    worked: float = 0.0
    """Seconds, of all workers together, from each one's first call of the catalog to its last."""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """Of each call, by its name."""
    waited: float = 0.0
    """Seconds, of all workers together, in which one waited for another's lock."""
    deadlocks: int = 0
    faults: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """How many listings there are, and of how many each thing happened exactly once."""

    @property
    def in_taking(self) -> float:
        """The share of the time that went into taking and keeping leases, waits included."""
        return sum(sum(self.seconds.get(name, ())) for name in TAKING) / self.worked

    @property
    def in_waiting(self) -> float:
        """The share of the time that went into waiting for locks."""
        return self.waited / self.worked


def contend(catalog: str, prefect_api: str, folder: Path, *, listings: int, workers: int) -> Outcome:
    """Have workers share listings of one photo each in an empty catalog, and return what came of it."""
    store = open_store(f"file:{folder}/store")
    result = _result(store, folder)
    for number in range(listings):
        place = f"raw/seller-{number % SELLERS:02d}/listing-{number:05d}"
        store.put(f"{place}/depan.jpg", f"{number}".encode(), media_type="image/jpeg")
        store.put(f"{place}/listing.json", NOTE, media_type="application/json")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ETALASE_", "PREFECT_"))}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": prefect_api,
        "ETALASE_HOME": str(folder / "home"),
        "ETALASE_STORE": f"file:{folder}/store",
        "ETALASE_CATALOG": catalog,
        "ETALASE_WORKERS": "1",
        RESULT: str(result),
    }
    open_catalog(catalog).close()
    outcome = Outcome()
    with _watched(catalog, outcome):
        files = [folder / f"times-{number}.json" for number in range(workers)]
        _run_all(files, environment)
    for file in files:
        told = json.loads(file.read_text())
        outcome.worked += told["worked"]
        outcome.faults += told["faults"]
        for name, seconds in told["seconds"].items():
            outcome.seconds.setdefault(name, []).extend(seconds)
    outcome.counts = _count(catalog) | {"bundles": _bundles(store)}
    return outcome


def _result(store: ObjectStore, folder: Path) -> Path:
    """Return a file with what a real photo comes to, except that its only picture is small and there already."""
    result = process_sample(folder / "sample")
    data = b"a picture"
    store.put(PICTURE, data, media_type="image/jpeg")
    picture = result.renditions[0].model_copy(
        update={"key": PICTURE, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "published": True}
    )
    pictures: tuple[StoredRendition, ...] = (picture,)
    place = folder / "result.json"
    place.write_text(result.model_copy(update={"renditions": pictures}).model_dump_json())
    return place


def _run_all(files: list[Path], environment: Mapping[str, str]) -> None:
    """Run a worker for each file at once, and wait until all have ended."""
    running = []
    for file in files:
        with file.with_suffix(".log").open("wb") as log:
            program = [sys.executable, "-m", "lab.bench.contending_worker"]
            own = {**environment, TIMES: str(file)}
            running.append(subprocess.Popen(program, cwd=file.parent, env=own, stdout=log, stderr=log))
    ends = [worker.wait() for worker in running]
    for file, end in zip(files, ends, strict=True):
        if end:
            raise SystemExit(f"a worker ended with {end}: {file.with_suffix('.log').read_text()[-4000:]}")


@contextmanager
def _watched(catalog: str, outcome: Outcome) -> Iterator[None]:
    """Count, while the block runs, how long anybody waits for a lock, and afterwards the deadlocks."""
    ending = threading.Event()

    def look() -> None:
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
        with psycopg.connect(plain(catalog), autocommit=True) as connection:
            while not ending.wait(LOOK_SECONDS):
                row = connection.execute(waiting, (connection.info.dbname,), prepare=True).fetchone()
                outcome.waited += LOOK_SECONDS * (row[0] if row else 0)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield
    finally:
        ending.set()
        watcher.join()
    with psycopg.connect(plain(catalog), autocommit=True) as connection:
        told = connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        row = told.fetchone()
        outcome.deadlocks = int(row[0]) if row else 0


def _count(catalog: str) -> dict[str, int]:
    questions = {
        "listings": "SELECT count(*) FROM listings",
        "published": "SELECT count(*) FROM listings WHERE state = 'published'",
        "taken once": "SELECT count(*) FROM listings WHERE number = 1",
        "sent once": "SELECT count(*) FROM publications WHERE number = 1 AND state = 'published'",
    }
    with psycopg.connect(plain(catalog)) as connection:
        return {name: connection.execute(asked).fetchone()[0] for name, asked in questions.items()}  # type: ignore[arg-type, index]


def _bundles(store: ObjectStore) -> int:
    return sum(found.key.endswith("/receipt.json") for found in store.list("published/"))


def report(outcome: Outcome, workers: int) -> None:
    """Print one table."""
    load = os.getloadavg()[0]
    print(f"{workers} workers, {os.cpu_count()} processors, load average of the last minute {load:.1f}")
    print(", ".join(f"{count} {name}" for name, count in outcome.counts.items()))
    print(f"{outcome.deadlocks} deadlocks, {len(outcome.faults)} faults")
    print(f"{'':<20}{'times':>8}{'ms each':>10}{'ms at most':>12}{'% of the time':>15}")
    for name, seconds in sorted(outcome.seconds.items()):
        mean, most, share = statistics.mean(seconds), max(seconds), sum(seconds) / outcome.worked
        print(f"{name:<20}{len(seconds):>8}{1000 * mean:>10.1f}{1000 * most:>12.1f}{100 * share:>15.2f}")
    print(f"{'taking leases':<50}{100 * outcome.in_taking:>15.2f}")
    print(f"{'waiting for locks':<50}{100 * outcome.in_waiting:>15.2f}")


def main() -> None:
    """Read the arguments and measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--server", required=True, help="a PostgreSQL on which databases may be made")
    arguments.add_argument("--listings", type=int, default=2000)
    arguments.add_argument("--workers", type=int, default=4)
    given = arguments.parse_args()
    with TemporaryDirectory() as name, scratch_database(given.server) as catalog:
        folder = Path(name)
        with prefect_server(folder / "server") as api:
            outcome = contend(catalog, api, folder, listings=given.listings, workers=given.workers)
    report(outcome, given.workers)


if __name__ == "__main__":
    main()
