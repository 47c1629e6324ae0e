"""What a run asks the catalog for each listing: statements are most of what orchestration costs."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import event, make_url

from config.settings import Settings
from flows.photo_work import open_photo_context
from flows.pool import PhotoPool
from flows.task_work import TaskContext, process_listings
from models.photo import PhotoKey, PhotoResult, SetAside
from models.rejection import RejectionReason
from processing.repeats import looks_same
from storage.catalog.connection import Catalog, connect_to
from storage.catalog.fingerprints import note_fingerprints
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.reading import count_states
from storage.catalog.results import Ending, finish_all
from storage.discovery import discover
from storage.object_store.opening import open_store
from tests.sellers import add_listing
from tests.storage.made import A_REASON_TO_WAIT, result

LISTINGS = 6
FOR_ALL = 4
"""What people wrote, what they answered, what they drew, and where the sellers sell."""
RECORDED = 6
"""Of one that nothing was made of before, however many photos it has: to see that the lease holds (two times),
photos known before, the result, the photos, the listing."""
AGAIN = 8
"""Of one that something was made of before, also: the last decision, the outbox."""


class Pool:
    """A pool in which no photo can be used."""

    async def work(self, key: PhotoKey, overrides: object) -> PhotoResult:
        return SetAside(file=key.file, sha256=None, reason=RejectionReason.CRASHED)


class Desk:
    """A store and a catalog with some listings, and what the catalog's database was asked."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(store=f"file:{folder}/store", catalog=f"sqlite:///{folder}/catalog.db")
        store = open_store(self.settings.store)
        for number in range(LISTINGS):
            add_listing(store, f"ibu-ani/{number}", {f"{photo}.jpg": b"photo" for photo in range(4)}, "tampah")
        open_catalog(self.settings.catalog).close()
        engine = connect_to(make_url(self.settings.catalog))
        self.catalog = Catalog(engine)
        discover(store, self.catalog)
        self.leases = lease_listings(self.catalog, this_process())
        self.asked: list[str] = []
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, *given: object) -> None:
        statement = str(given[2])
        if not statement.startswith("BEGIN"):
            self.asked.append(statement)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.catalog.close()


@pytest.mark.parametrize("listings", [1, LISTINGS])
def test_a_task_asks_little_for_each_of_its_listings(desk: Desk, listings: int) -> None:
    assert len(desk.leases) == LISTINGS
    context = TaskContext(desk.settings, open_photo_context(desk.settings), desk.catalog, cast(PhotoPool, Pool()))

    asyncio.run(process_listings(context, desk.leases[:listings]))

    assert FOR_ALL + RECORDED <= len(desk.asked) <= FOR_ALL + RECORDED * listings, desk.asked
    assert count_states(desk.catalog)["waiting"] == listings


@pytest.mark.parametrize("listings", [1, LISTINGS])
def test_listings_that_are_ready_together_ask_no_more_than_one(desk: Desk, listings: int) -> None:
    leases = desk.leases[:listings]

    note_fingerprints(desk.catalog, [(lease, ()) for lease in leases], looks_same)
    finish_all(desk.catalog, [Ending(lease, result(lease, waits=A_REASON_TO_WAIT), ()) for lease in leases])

    # No photo was shown, so that none was written.
    assert len(desk.asked) == RECORDED - 1, desk.asked
    assert count_states(desk.catalog)["waiting"] == listings


def test_of_what_something_was_made_of_before_decisions_and_publications_are_asked_for(desk: Desk) -> None:
    finish_all(desk.catalog, [Ending(lease, result(lease, waits=A_REASON_TO_WAIT), ()) for lease in desk.leases])
    store = open_store(desk.settings.store)
    for lease in desk.leases:
        add_listing(store, str(lease.key), {"more.jpg": b"photo"}, "tampah")
    discover(store, desk.catalog)
    leases = lease_listings(desk.catalog, this_process())
    assert [lease.version for lease in leases] == [2] * LISTINGS
    desk.asked.clear()

    note_fingerprints(desk.catalog, [(lease, ()) for lease in leases], looks_same)
    finish_all(desk.catalog, [Ending(lease, result(lease, waits=A_REASON_TO_WAIT), ()) for lease in leases])

    assert len(desk.asked) == AGAIN - 1, desk.asked
