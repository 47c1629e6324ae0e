"""What a run asks the catalog for each listing: statements are most of what orchestration costs."""

import asyncio
from pathlib import Path
from typing import cast

from sqlalchemy import event, make_url

from config.settings import Settings
from flows.chunk import Chunk, process_chunk
from flows.photo_work import open_bench
from flows.pool import PhotoPool
from models.photo import PhotoKey, PhotoResult, SetAside
from models.rejection import RejectionReason
from storage.catalog.connection import Catalog, connect_to
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.reading import count_states
from storage.discovery import discover
from storage.object_store.opening import open_store
from tests.sellers import add_listing

LISTINGS = 6
FOR_ALL = 3
"""What people wrote, what they answered, and what they drew."""
MOST = 8
"""For one that is published neither before nor now, however many photos it has: to see that the lease holds (two
times), photos known before, the result, the photos, the last decision, the outbox, the listing."""


class Pool:
    """A pool in which no photo can be used."""

    async def work(self, key: PhotoKey, said: object) -> PhotoResult:
        return SetAside(file=key.file, sha256=None, reason=RejectionReason.CRASHED)


def test_a_listing_is_recorded_in_few_statements(tmp_path: Path) -> None:
    settings = Settings(store=f"file:{tmp_path}/store", catalog=f"sqlite:///{tmp_path}/catalog.db")
    store = open_store(settings.store)
    for number in range(LISTINGS):
        add_listing(store, f"ibu-ani/{number}", {f"{photo}.jpg": b"photo" for photo in range(4)}, "tampah")
    open_catalog(settings.catalog).close()
    engine = connect_to(make_url(settings.catalog))
    catalog = Catalog(engine)
    discover(store, catalog)
    leases = lease_listings(catalog, this_process())
    assert len(leases) == LISTINGS
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    asyncio.run(process_chunk(Chunk(settings, open_bench(settings), catalog, cast(PhotoPool, Pool())), leases))

    asked = [statement for statement in asked if not statement.startswith("BEGIN")]
    assert len(asked) == FOR_ALL + MOST * LISTINGS, asked
    assert sum(count_states(catalog).values()) == LISTINGS
    catalog.close()
