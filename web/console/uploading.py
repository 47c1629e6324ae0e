"""The two ways in for photos: of who is signed in, and of a phone that has a link."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, Depends, FastAPI, Request

from models.person import Role
from models.store import StoreError
from models.upload import UploadRefusal, UploadRefused
from storage.catalog.connection import CatalogError
from storage.catalog.sellers import seller_of
from storage.catalog.upload_links import is_open_to, link_of
from web.console.desk import ConsoleDesk
from web.console.door import allowed
from web.console.first_look_routes import first_look_routes
from web.console.pages import person_of
from web.console.pieces import Pieces
from web.console.tus import Sender, tus_routes

log = logging.getLogger(__name__)

SWEEP_SECONDS = 600.0
"""Between two looks for photos that nobody goes on sending."""


def upload_routes(desk: ConsoleDesk) -> APIRouter:
    """Return both ways in; what was given up on the way is swept up as long as the application stands."""
    pieces = Pieces(desk.store, desk.catalog)

    @asynccontextmanager
    async def swept(app: FastAPI) -> AsyncIterator[None]:
        sweeper = asyncio.create_task(_sweep(pieces))
        yield
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper

    def awaited(sender: Sender) -> Sender:
        """Have her photos looked at as soon as they are here: the process is ready by then."""
        desk.first_look_pool.wake()
        return sender

    async def by_name(request: Request) -> Sender:
        return awaited(await _sender_by_name(desk, request))

    async def by_link(request: Request) -> Sender:
        return awaited(await _sender_by_link(desk, request))

    routes = APIRouter(lifespan=swept)
    hosts = [Depends(allowed(Role.TRAINER, Role.ADMINISTRATOR))]
    words = desk.pages.messages_for
    for place, gate, who in (("/sellers/{folder}", by_name, hosts), ("/u/{token}", by_link, [])):
        for group in (
            tus_routes(pieces, gate, words),
            first_look_routes(desk.first_look_pool, pieces, gate, words),
        ):
            routes.include_router(group, prefix=f"{place}/uploads", dependencies=who)
    return routes


async def _sender_by_name(desk: ConsoleDesk, request: Request) -> Sender:
    person, folder = person_of(request), request.path_params["folder"]
    seller = await asyncio.to_thread(seller_of, desk.catalog, folder)
    if person is None or seller is None or not person.may_see(seller.centre):
        raise UploadRefused(UploadRefusal.SELLER_GONE)
    return Sender(by=person.name, seller=folder, listing="")


async def _sender_by_link(desk: ConsoleDesk, request: Request) -> Sender:
    link = await asyncio.to_thread(link_of, desk.catalog, request.path_params["token"])
    if link is None:
        raise UploadRefused(UploadRefusal.LINK_ENDED)
    return Sender(
        by=link.sender,
        seller=link.key.seller,
        listing=link.key.listing,
        may_add=lambda listing: is_open_to(desk.catalog, link, listing),
    )


async def _sweep(pieces: Pieces) -> None:
    while True:
        try:
            await asyncio.to_thread(pieces.sweep)
        except (StoreError, CatalogError) as fault:
            log.warning("uploads could not be swept up, which is tried again: %s", fault)
        await asyncio.sleep(SWEEP_SECONDS)
