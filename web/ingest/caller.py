"""Calls a worker for what is queued, as soon as a listing's last file has settled.

The queue is in the catalog, so nothing is lost with this process: what was not called for, or called for in vain,
is called for again later, by whichever web process is there; and each batch run takes in whatever it finds.
"""

import asyncio
import logging
from contextlib import suppress

from flows.batch_request import ARRIVED, request_batch_run
from flows.request import RequestFailed, request_run
from storage.catalog.calling import Call, call_all, call_due, seconds_until_call
from storage.catalog.connection import Catalog, CatalogError

log = logging.getLogger(__name__)

MANY = 20
"""Listings for which one batch run costs less than a run for each."""
SHORTEST_SECONDS, LONGEST_SECONDS = 1.0, 30.0
"""Between two looks at the queue."""


async def call_workers(catalog: Catalog, arrived: asyncio.Event) -> None:
    """Call for what falls due, until cancelled; ``arrived`` tells that something is new."""
    while True:
        wait = LONGEST_SECONDS
        try:
            calls = await asyncio.to_thread(call_due, catalog, limit=MANY + 1)
            if len(calls) > MANY:
                # A batch run takes in all that is queued, and not only what it was called for.
                await request_batch_run(f"ingest-{calls[0].number}", among=[ARRIVED])
                await asyncio.to_thread(call_all, catalog)
            else:
                await _call(calls)
            wait = min(wait, await asyncio.to_thread(seconds_until_call, catalog))
        except (CatalogError, RequestFailed) as fault:
            log.warning("no worker could be called, which is tried again: %s", fault)
        except Exception:
            # Nobody would start this again, and the queue would wait for the night.
            log.exception("no worker could be called, which is tried again")
        await asyncio.sleep(SHORTEST_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await arrived.wait()
        arrived.clear()


async def _call(calls: tuple[Call, ...]) -> None:
    for call in calls:
        parameters = {"seller": call.key.seller, "listing": call.key.listing}
        await request_run("ingest-listing", parameters, key=f"ingest-{call.number}")
