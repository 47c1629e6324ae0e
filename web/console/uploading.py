"""The two upload endpoints: for who is signed in, and for a phone that has a link."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, Depends, FastAPI, Request

from models.store import StoreError
from models.upload import UploadRefusal, UploadRefused
from storage.catalog.connection import CatalogError
from storage.catalog.sellers import seller_of
from storage.catalog.upload_links import is_open_to, link_of
from web.console.auth import require_host
from web.console.context import ConsoleContext
from web.console.first_look_routes import first_look_routes
from web.console.pages import person_of
from web.console.pieces import Pieces
from web.console.tus import Sender, tus_routes

log = logging.getLogger(__name__)

SWEEP_SECONDS = 600.0
"""Between two looks for photos that nobody goes on sending."""


def upload_routes(context: ConsoleContext) -> APIRouter:
    """Return both ways in; what was given up on the way is swept up as long as the application stands."""
    pieces = Pieces(context.store, context.catalog)

    @asynccontextmanager
    async def swept(app: FastAPI) -> AsyncIterator[None]:
        sweeper = asyncio.create_task(_sweep(pieces))
        yield
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper

    def awaited(sender: Sender) -> Sender:
        """Have her photos looked at as soon as they are here: the process is ready by then."""
        context.first_look_pool.wake()
        return sender

    async def by_name(request: Request) -> Sender:
        return awaited(await _sender_by_name(context, request))

    async def by_link(request: Request) -> Sender:
        return awaited(await _sender_by_link(context, request))

    routes = APIRouter(lifespan=swept)
    hosts = [Depends(require_host)]
    messages_for = context.pages.messages_for
    for place, gate, who in (("/sellers/{folder}", by_name, hosts), ("/u/{token}", by_link, [])):
        for group in (
            tus_routes(pieces, gate, messages_for),
            first_look_routes(context.first_look_pool, pieces, gate, messages_for),
        ):
            routes.include_router(group, prefix=f"{place}/uploads", dependencies=who)
    return routes


async def _sender_by_name(context: ConsoleContext, request: Request) -> Sender:
    person, folder = person_of(request), request.path_params["folder"]
    seller = await asyncio.to_thread(seller_of, context.catalog, folder)
    if person is None or seller is None or not person.may_see(seller.centre):
        raise UploadRefused(UploadRefusal.SELLER_GONE)
    return Sender(by=person.name, seller=folder, listing="")


async def _sender_by_link(context: ConsoleContext, request: Request) -> Sender:
    link = await asyncio.to_thread(link_of, context.catalog, request.path_params["token"])
    if link is None:
        raise UploadRefused(UploadRefusal.LINK_ENDED)
    return Sender(
        by=link.sender,
        seller=link.key.seller,
        listing=link.key.listing,
        may_add=lambda listing: is_open_to(context.catalog, link, listing),
    )


async def _sweep(pieces: Pieces) -> None:
    while True:
        try:
            await asyncio.to_thread(pieces.sweep)
        except (StoreError, CatalogError) as fault:
            log.warning("uploads could not be swept up, which is tried again: %s", fault)
        await asyncio.sleep(SWEEP_SECONDS)
