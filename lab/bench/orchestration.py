"""What everything beside the work on photos costs: schedule, leases, processes, catalog, results, and Prefect.

    .venv/bin/python -m lab.bench.orchestration --server postgresql+psycopg://USER:PASSWORD@127.0.0.1/postgres

A Prefect server on PostgreSQL, the catalog in PostgreSQL, a folder for the photos, and one ``etalase worker`` that
is asked for a run of ``process-due``: discovery of new listings, tasks of 48 photos, a real photo's result for
each, and listings that wait for a person. Only the steps themselves are left out, those of a photo and those of a
listing, see ``lab/bench/stubbed_photo.py``; and the knowing again of photos, since those results have no
fingerprints (``lab/bench/known_photos.py``). What a run does but once is counted in: the start of its process, and
of those for photos, each of which is replaced in its turn. Printed is what a photo costs in time, and in CPU time
of each part; of PostgreSQL if it runs on this machine.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

import psycopg

from flows.prefect_server import KEEP_SMALL, QUIET, RECORD_TOGETHER, answers
from lab.bench.cpu_time import cpu_seconds, parent_of
from lab.bench.real_photo import process_sample
from lab.bench.scratch_database import plain, scratch_database
from lab.bench.stubbed_photo import RESULT
from models.store import ObjectStore
from storage.object_store.opening import open_store

ROOT = Path(__file__).parents[2]
WORDS = json.dumps({"words": "dijual murah gan", "price": None}).encode()
"""From which nobody learns what is sold: each listing waits for an answer, and nothing is published."""
SELLERS = 100
START_SECONDS, RUN_SECONDS = 300, 3600
ENDS = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def fill(store: ObjectStore, listings: int, photos: int) -> None:
    """Put listings of so many photos each into the store; their bytes are never looked at."""
    for number in range(listings):
        place = f"raw/seller-{number % SELLERS:03d}/listing-{number:06d}"
        for photo in range(photos):
            store.put(f"{place}/{photo}.jpg", f"{number} {photo}".encode(), media_type="image/jpeg")
        store.put(f"{place}/listing.json", WORDS, media_type="application/json")


@contextmanager
def standing(log: Path, environment: Mapping[str, str], *arguments: str) -> Iterator[int]:
    """Run a program while the block lasts, and give its process id."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            arguments,
            cwd=log.parent,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


def ask(api: str, path: str, question: object = None) -> Any:  # noqa: ANN401  whatever it answers
    """Return what the Prefect API answers."""
    data = None if question is None else json.dumps(question).encode()
    with urlopen(Request(f"{api}{path}", data, {"Content-Type": "application/json"}), timeout=60) as answer:
        return json.loads(answer.read())


def run_batch(api: str) -> dict[str, Any]:
    """Have the worker run ``process-due`` with stubbed photos, and return the run once it has ended."""
    deployment = ask(api, "/deployments/name/process-due/process-due")
    wish = {"state": {"type": "SCHEDULED"}, "job_variables": {"command": "python -m lab.bench.stubbed_engine"}}
    run = ask(api, f"/deployments/{deployment['id']}/create_flow_run", wish)
    deadline = time.monotonic() + RUN_SECONDS
    while run["state_type"] not in ENDS and time.monotonic() < deadline:
        time.sleep(1)
        run = ask(api, f"/flow_runs/{run['id']}")
    if run["state_type"] != "COMPLETED":
        raise SystemExit(f"the run ended as {run['state_name']}: {run['state']['message']}")
    return dict(run)


def wait_until(condition: Callable[[], bool], log: Path) -> None:
    """Wait until a program is ready, or end the command with what the program has said."""
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(log.read_text())
        time.sleep(0.5)


def measure(server: str, listings: int, photos: int) -> None:
    """Measure, and print the table."""
    with TemporaryDirectory() as name, scratch_database(server) as catalog, scratch_database(server) as prefect:
        folder = Path(name)
        fill(open_store(f"file:{folder}/store"), listings, photos)
        (folder / "result.json").write_text(process_sample(folder / "sample").model_dump_json())
        api = "http://127.0.0.1:14299/api"
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("ETALASE_", "PREFECT_"))}
        environment = {
            **kept,
            **QUIET,
            **KEEP_SMALL,
            **RECORD_TOGETHER,
            "PYTHONPATH": str(ROOT),
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": api,
            "ETALASE_HOME": str(folder / "home"),
            "ETALASE_STORE": f"file:{folder}/store",
            "ETALASE_CATALOG": catalog,
            RESULT: str(folder / "result.json"),
        }
        own = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": prefect.replace("+psycopg:", "+asyncpg:")}
        start = (sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", "14299")
        with standing(folder / "server.log", environment | own, *start) as server_process:
            wait_until(lambda: answers(api), folder / "server.log")
            worker = (str(Path(sys.executable).with_name("etalase")), "worker", "--runs", "1")
            log = folder / "worker.log"
            with standing(log, environment, *worker) as worker_process:
                wait_until(lambda: api in log.read_text(), log)
                parts = {"worker and run": worker_process, "Prefect's server": server_process}
                if postmaster := _postmaster(server):
                    parts["PostgreSQL"] = postmaster
                before = {part: cpu_seconds(process) for part, process in parts.items()}
                run = run_batch(api)
                spent = {part: cpu_seconds(process) - before[part] for part, process in parts.items()}
                tasks = ask(api, "/task_runs/count", {})
        _check(catalog, listings, photos)
    report(run, spent, tasks, listings * photos)


def report(run: dict[str, Any], spent: dict[str, float], tasks: int, photos: int) -> None:
    """Print what a photo costs."""
    start, end = (datetime.fromisoformat(run[name]) for name in ("start_time", "end_time"))
    seconds = (end - start).total_seconds()
    print(f"{photos} photos, {tasks} tasks, {os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}")
    print(f"{'':<20}{'s':>8}{'ms a photo':>12}")
    for part, value in {"the run, by the clock": seconds, **spent, "CPU in all": sum(spent.values())}.items():
        print(f"{part:<22}{value:>6.1f}{value / photos * 1000:>12.2f}")


def _postmaster(server: str) -> int | None:
    """Return the process of PostgreSQL that started all its others, if that is on this machine."""
    with psycopg.connect(plain(server)) as connection:
        backend = connection.info.backend_pid
        try:
            mine = "postgres" in Path(f"/proc/{backend}/cmdline").read_text()
        except FileNotFoundError:
            return None
        return parent_of(backend) if mine else None


def _check(catalog: str, listings: int, photos: int) -> None:
    with psycopg.connect(plain(catalog)) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM listings WHERE state = 'waiting'), "
            "(SELECT count(*) FROM photos WHERE state = 'finished')"
        ).fetchone()
    if row != (listings, listings * photos):
        raise SystemExit(f"of {listings} listings and {listings * photos} photos only {row} came through")


def main() -> None:
    """Read the arguments and measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--server", required=True, help="a PostgreSQL on which databases may be made")
    arguments.add_argument("--listings", type=int, default=5000)
    arguments.add_argument("--photos", type=int, default=4, help="of each listing")
    given = arguments.parse_args()
    measure(given.server, given.listings, given.photos)


if __name__ == "__main__":
    main()
