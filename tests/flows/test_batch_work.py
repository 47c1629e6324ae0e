"""A task that does not come to its end in time: its listings are given back, and the others go on.

Prefect is imported in the tests, once its server's address is known.
"""

import asyncio
from datetime import timedelta

from config.settings import Settings
from flows.summary import BatchSummary
from models.lease import Lease
from models.state import ListingState
from storage.catalog import open_catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.object_store.opening import open_store
from tests.storage.made import A_REASON_TO_WAIT, arrival, result


def test_what_took_too_long_is_given_back_with_an_attempt_counted(
    catalog_url: str, folder_url: str, prefect_api: str
) -> None:
    from flows.batch_work import Desk, Scope, _process  # noqa: PLC0415 - see above

    catalog = open_catalog(catalog_url)
    record_arrivals(catalog, [arrival("a/1"), arrival("a/2")])
    leases = lease_listings(catalog, this_process())

    class Slow:
        def count_places(self) -> int:
            return 1

        async def process(self, leases: tuple[Lease, ...]) -> BatchSummary:
            finish(catalog, leases[0], result(leases[0], waits=A_REASON_TO_WAIT), ())
            raise TimeoutError("Task run exceeded timeout of 3600 seconds")

    desk = Desk(Settings(), open_store(folder_url), catalog, Scope())

    assert asyncio.run(_process(desk, Slow(), leases)) == BatchSummary(postponed=1)

    rows = {row.key.listing: row for row in list_listings(catalog)}
    assert (rows["1"].state, rows["2"].state) == (ListingState.WAITING, ListingState.DUE)
    assert "exceeded timeout" in (rows["2"].error or "")
    catalog.close()


def test_a_listing_of_very_many_photos_has_time_for_them(sqlite_url: str, prefect_api: str) -> None:
    from flows.runner import limit_of  # noqa: PLC0415 - see above

    catalog = open_catalog(sqlite_url)
    record_arrivals(catalog, [arrival("a/few"), arrival("a/many", photos=9999)])
    few, many = (lease_listings(catalog, this_process()) for _ in range(2))
    assert limit_of(few) == timedelta(hours=1)
    assert limit_of(many) > timedelta(days=8)
    catalog.close()
