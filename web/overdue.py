"""Asks for a batch run where something has been due for minutes and nobody works on it.

Its worker may be gone, or there may be more than those that are at it get done. While this lasts, one more run is
asked for each minute, up to one for each worker.
"""

import asyncio
import logging
import time

from flows.batch_request import request_batch_run
from flows.request import RequestFailed
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.due import seconds_overdue

log = logging.getLogger(__name__)

OVERDUE_SECONDS = 300.0
"""After so long a run that has looked already, or is about to, has not taken it."""
LOOK_SECONDS = 60.0
"""Between two looks."""


async def call_for_overdue(catalog: Catalog, *, pause: float = LOOK_SECONDS) -> None:
    """Look every ``pause`` seconds, until cancelled."""
    while True:
        await asyncio.sleep(pause)
        try:
            if await asyncio.to_thread(seconds_overdue, catalog) > OVERDUE_SECONDS:
                # Of several web processes that look in the same minute one has a run begun.
                await request_batch_run(f"overdue-{int(time.time() // LOOK_SECONDS)}")
        except (CatalogError, RequestFailed) as fault:
            log.warning("no worker could be called for what is overdue, which is tried again: %s", fault)
        except Exception:
            log.exception("no worker could be called for what is overdue, which is tried again")
