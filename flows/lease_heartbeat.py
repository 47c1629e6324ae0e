"""Renews leases while the listings that they hold are processed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from models.lease import Lease
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.leases import renew

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0
"""How long a worker elsewhere waits before it takes over what a lost one held; renewed well before."""


@asynccontextmanager
async def kept_alive(catalog: Catalog, leases: tuple[Lease, ...]) -> AsyncIterator[None]:
    """Renew leases while the block runs, well before they expire."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(LEASE_SECONDS / 4)
            try:
                await asyncio.to_thread(renew, catalog, leases, seconds=LEASE_SECONDS)
            except CatalogError as fault:
                log.warning("leases could not be renewed, which is tried again: %s", fault)

    keeper = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
