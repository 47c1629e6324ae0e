"""What a task costs beside the work on photos, without Prefect and without processes for photos.

    .venv/bin/python -m lab.bench.recording --server postgresql+psycopg://USER:PASSWORD@127.0.0.1/postgres

As in ``lab/bench/orchestration.py`` the steps are left out; here the flow's own functions are called in this
process, two tasks at a time, and what is told is CPU time: it depends less on what else the machine does.
"""

import argparse
import asyncio
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import psycopg

import flows.listing_work
import flows.suggesting
from config.settings import Settings
from flows.chunk import Chunk, process_chunk
from flows.photo_work import open_bench
from flows.pool import PhotoPool
from flows.summary import BatchSummary
from lab.bench.cpu_time import cpu_seconds
from lab.bench.orchestration import fill
from lab.bench.real_photo import process_sample
from lab.bench.scratch_database import plain, scratch_database
from lab.bench.stubbed_photo import RESULT, no_assembly, no_words, no_work
from models.photo import PhotoKey, PhotoResult
from storage.catalog.connection import Catalog
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.discovery import discover
from storage.object_store.opening import open_store

TASKS = 2
"""At the same time, as a flow has them."""


class Pool:
    """A pool that has every photo ready."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def work(self, key: PhotoKey, said: object) -> PhotoResult:
        """Return the sample's result under this photo's name."""
        await asyncio.sleep(0)
        return no_work(self._settings, key, said)


async def work_on_all(chunk: Chunk, catalog: Catalog) -> None:
    """Take leases and work on them until none is due."""
    running: set[asyncio.Future[BatchSummary]] = set()
    while True:
        leases = lease_listings(catalog, this_process()) if len(running) < TASKS else ()
        if leases:
            running.add(asyncio.ensure_future(process_chunk(chunk, leases)))
        elif running:
            finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for future in finished:
                future.result()
        else:
            return


def backends(server: str, database: str) -> float:
    """Return the CPU time of PostgreSQL's processes for this database so far, if they are on this machine."""
    with psycopg.connect(plain(server)) as connection:
        found = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", (Path(database).name,))
        return sum(cpu_seconds(int(row[0])) for row in found)


def measure(server: str, listings: int, photos: int) -> None:
    """Measure, and print what a photo costs."""
    with TemporaryDirectory() as name, scratch_database(server) as database:
        folder = Path(name)
        (folder / "result.json").write_text(process_sample(folder / "sample").model_dump_json())
        os.environ[RESULT] = str(folder / "result.json")
        settings = Settings(store=f"file:{folder}/store", catalog=database, home=folder)
        store, catalog = open_store(settings.store), open_catalog(database)
        fill(store, listings, photos)
        discover(store, catalog)
        pool = cast(PhotoPool, Pool(settings))
        chunk = Chunk(settings, open_bench(settings), catalog, pool)
        flows.suggesting.suggest = no_words  # type: ignore[assignment]
        flows.listing_work.assemble_listing = no_assembly  # type: ignore[assignment]
        own, theirs = time.process_time(), backends(server, database)
        asyncio.run(work_on_all(chunk, catalog))
        own, theirs = time.process_time() - own, backends(server, database) - theirs
        catalog.close()
    number = listings * photos
    print(f"{number} photos, load average {os.getloadavg()[0]:.1f}; CPU ms a photo:")
    print(f"this process {1000 * own / number:.2f}, PostgreSQL {1000 * theirs / number:.2f}")


def main() -> None:
    """Read the arguments and measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--server", required=True, help="a PostgreSQL on which databases may be made")
    arguments.add_argument("--listings", type=int, default=500)
    arguments.add_argument("--photos", type=int, default=4, help="of each listing")
    given = arguments.parse_args()
    measure(given.server, given.listings, given.photos)


if __name__ == "__main__":
    main()
