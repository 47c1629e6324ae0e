"""What it takes to compare a whole bucket with the catalog, where each page of the store's listing takes a while.

    .venv/bin/python -m lab.bench.discovery --server postgresql+psycopg://USER:PASSWORD@127.0.0.1/postgres

The store is made up: listings of four photos each, 1,000 keys to a page as S3 has it, so many ms for each page.
Timed are the store's listing alone, the catalog alone, for which the store answers at once, and both together: the
first time, when every listing is new, and the second, when each is known.
"""

import argparse
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

from lab.bench.scratch_database import scratch_database
from models.store import ObjectInfo, ObjectStore
from storage.catalog.opening import open_catalog
from storage.discovery import ROOT, discover

PHOTOS = 4
"""Of each listing."""
LISTINGS_OF_A_SELLER = 25
KEYS = 1000
"""To a page."""
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class SlowStore:
    """A store that only lists."""

    def __init__(self, listings: int, page_seconds: float) -> None:
        self._listings = listings
        self._page_seconds = page_seconds

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """Yield every photo, in the order of the keys."""
        for key in range(self._listings * PHOTOS):
            if key % KEYS == 0:
                time.sleep(self._page_seconds)
            listing, photo = divmod(key, PHOTOS)
            place = f"seller-{listing // LISTINGS_OF_A_SELLER:06}/listing-{listing:08}"
            yield ObjectInfo(key=f"{ROOT}{place}/{photo}.jpg", size=1, modified=LONG_AGO, etag="1")


def measure(server: str, listings: int, page_seconds: float) -> None:
    """Time all of it, and print it."""
    slow, quick = SlowStore(listings, page_seconds), SlowStore(listings, 0)
    begun = time.perf_counter()
    for _ in slow.list(ROOT):
        pass
    alone = time.perf_counter() - begun
    print(f"{listings} listings, {1000 * page_seconds:.0f} ms a page of the store, load {os.getloadavg()[0]:.1f}")
    print(f"{'the store alone':<36}{alone:8.1f} s")
    for name, store in (("the catalog alone", quick), ("both", slow)):
        with scratch_database(server) as database:
            catalog = open_catalog(database)
            for look in ("all new", "all known"):
                begun = time.perf_counter()
                discover(cast(ObjectStore, store), catalog)
                print(f"{f'{name}, {look}':<36}{time.perf_counter() - begun:8.1f} s")
            catalog.close()


def main() -> None:
    """Read the arguments and measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--server", required=True, help="a PostgreSQL on which databases may be made")
    arguments.add_argument("--listings", type=int, default=20_000)
    arguments.add_argument("--page-ms", type=float, default=100)
    given = arguments.parse_args()
    measure(given.server, given.listings, given.page_ms / 1000)


if __name__ == "__main__":
    main()
