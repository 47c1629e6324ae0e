"""Remote coaching: a link by which an expert elsewhere joins a listing's page, and both see the same."""

import asyncio
import json
import logging
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from config.wall_clock import time_of_day
from models.coaching import MOST_LETTERS, MOST_NAME, CoachingOver, Shown, Side, Stage
from models.listing import ListingKey
from models.person import Person, Role
from models.photo import Finished
from storage.catalog.coach_words import look_on
from storage.catalog.coaching import (
    coach_link_of,
    end_coaching,
    invite_coach,
    remove_ended_coaching,
    standing_coach_link,
)
from storage.catalog.connection import CatalogError
from storage.catalog.reading import ListingRow, find_listing
from web.console.coach_exchange import exchange_routes
from web.console.coach_seat import Seat
from web.console.coach_stream import stream_routes
from web.console.coach_view import (
    RENDITION,
    CoachView,
    mark_of,
    rendition_of,
    tell_remark,
    view_for_coach,
    with_words,
)
from web.console.desk import ConsoleDesk
from web.console.door import allowed
from web.console.form import Form
from web.console.listing_view import address_of, picture_of
from web.console.pages import person_of
from web.console.pictures import SHOWN, give_picture
from web.console.reach import reaches_far
from web.console.seller_pages import Host
from web.console.sight import row_to_see

log = logging.getLogger(__name__)

PAGE = "console/coach.html.jinja"
SWEEP_SECONDS = 600.0
"""Between two looks for links that have expired, with what was said by them."""
KEY_BYTES = 16
NUMBER = re.compile(r"\d{1,18}", re.ASCII)


def coach_routes(desk: ConsoleDesk) -> APIRouter:
    """Return both sides: of who is signed in, and of who has the link."""

    @asynccontextmanager
    async def swept(app: FastAPI) -> AsyncIterator[None]:
        sweeper = asyncio.create_task(_sweep(desk))
        yield
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper

    routes = APIRouter(lifespan=swept)
    routes.include_router(_host_routes(desk), prefix="/sellers/{seller}/listings/{listing}/coach")
    routes.include_router(_guest_routes(desk), prefix="/coach/{invitation}")
    return routes


def _host_routes(desk: ConsoleDesk) -> APIRouter:
    routes = APIRouter()

    def seat_of(person: Person, row: ListingRow) -> Seat:
        link = standing_coach_link(desk.catalog, row.key)
        if link is None:
            raise CoachingOver
        return Seat(link, Side.HOST, person.name)

    async def gate(request: Request) -> Seat:
        person, places = person_of(request), request.path_params
        if person is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        row = await asyncio.to_thread(row_to_see, desk.catalog, person, places["seller"], places["listing"])
        return await asyncio.to_thread(seat_of, person, row)

    def show(request: Request, seat: Seat | None, **values: Any) -> Response:  # noqa: ANN401
        if seat is None:
            places = request.path_params
            back = address_of(ListingKey(seller=places["seller"], listing=places["listing"]))
            return RedirectResponse(f"{back}#coach", HTTPStatus.SEE_OTHER)
        place = f"{address_of(seat.link.key)}/coach"
        if request.method == "POST" and not values.keys() & {"address", "wrong"}:
            return RedirectResponse(place, HTTPStatus.SEE_OTHER)

        def address(photo: Finished, stage: Stage) -> str | None:
            return picture_of(seat.link.key, photo, RENDITION[stage])

        row = find_listing(desk.catalog, seat.link.key)
        if row is None:
            raise CoachingOver
        return _show(desk, request, seat, view_for_coach(desk.catalog, row, address), place, **values)

    @routes.post("")
    async def invite(request: Request, person: Host, seller: str, listing: str, form: Form) -> Response:
        """Make a link and show it, this once; where another stands that this page did not know of, lead there."""
        row = await asyncio.to_thread(row_to_see, desk.catalog, person, seller, listing)
        number = form.get("instead_of", "")
        known = int(number) if NUMBER.fullmatch(number) else None
        try:
            made = await asyncio.to_thread(invite_coach, desk.catalog, row.key, by=person.name, instead_of=known)
        except LookupError:
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        if made is None:
            return RedirectResponse(f"{address_of(row.key)}/coach", HTTPStatus.SEE_OTHER)
        link, token = made
        address, far = f"{request.base_url}coach/{token}", reaches_far(request.url.hostname or "")
        seat = Seat(link, Side.HOST, person.name)
        return await asyncio.to_thread(show, request, seat, address=address, reaches_far=far)

    @routes.get("")
    def join(request: Request, person: Host, seller: str, listing: str) -> Response:
        """Show what the expert sees too, or where to invite one."""
        row = row_to_see(desk.catalog, person, seller, listing)
        try:
            return show(request, seat_of(person, row))
        except CoachingOver:
            return show(request, None)

    @routes.post("/end")
    async def end(request: Request, person: Host, seller: str, listing: str) -> Response:
        """End the link, with all that was said by it."""
        row = await asyncio.to_thread(row_to_see, desk.catalog, person, seller, listing)
        link = await asyncio.to_thread(standing_coach_link, desk.catalog, row.key)
        if link is not None:
            await asyncio.to_thread(end_coaching, desk.catalog, link, by=person.name)
        return show(request, None)

    hosts = [Depends(allowed(Role.TRAINER, Role.ADMINISTRATOR))]
    for group in (exchange_routes, stream_routes):
        routes.include_router(group(desk, gate, show), dependencies=hosts)
    return routes


def _guest_routes(desk: ConsoleDesk) -> APIRouter:
    routes = APIRouter()

    def seat_of(token: str) -> Seat:
        link = coach_link_of(desk.catalog, token)
        if link is None:
            raise CoachingOver
        return Seat(link, Side.GUEST, "")

    async def gate(request: Request) -> Seat:
        return await asyncio.to_thread(seat_of, request.path_params["invitation"])

    def show(request: Request, seat: Seat | None, **values: Any) -> Response:  # noqa: ANN401
        place = f"/coach/{quote(request.path_params['invitation'], safe='')}"
        if seat is None:
            return desk.pages.show(request, PAGE, place=place, status=HTTPStatus.NOT_FOUND, view=None)

        def address(photo: Finished, stage: Stage) -> str | None:
            which = f"?{photo.correction}" if photo.correction else ""
            return f"{place}/pictures/{photo.sha256}/{stage}{which}"

        row = find_listing(desk.catalog, seat.link.key)
        if row is None:
            raise CoachingOver
        return _show(desk, request, seat, view_for_coach(desk.catalog, row, address), place, **values)

    @routes.get("")
    def join(request: Request, invitation: str) -> Response:
        """Show the listing's photos, or that the link has ended: to whom it once belonged is not said."""
        try:
            return show(request, seat_of(invitation))
        except CoachingOver:
            return show(request, None)

    @routes.get("/pictures/{sha256}/{stage}")
    def show_picture(request: Request, invitation: str, sha256: str, stage: str) -> Response:
        """Give one picture of the listing's own; no part of a key comes from the address."""
        link = coach_link_of(desk.catalog, invitation)
        row = find_listing(desk.catalog, link.key) if link else None
        try:
            rendition = rendition_of(row, Shown(photo=sha256, stage=Stage(stage))) if row else None
        except ValueError:
            rendition = None
        if rendition is None or rendition.media_type not in SHOWN:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        # A browser asks each time: once the link has ended there is nothing to see.
        return give_picture(request, desk.store, rendition, keep="no-cache")

    for group in (exchange_routes, stream_routes):
        routes.include_router(group(desk, gate, show))
    return routes


def _show(
    desk: ConsoleDesk,
    request: Request,
    seat: Seat,
    view: CoachView,
    place: str,
    *,
    name: str = "",
    word: str = "",
    wrong: str = "",
    status: int = HTTPStatus.OK,
    address: str = "",
    reaches_far: bool = True,
) -> Response:
    """Return the page as one side sees it. Raises CoachingOver, CatalogError."""
    seen, messages = look_on(desk.catalog, seat.link), desk.pages.messages_for(request)
    told = {remark.id: tell_remark(remark, seat.side, messages) for remark in seen.remarks}
    return desk.pages.show(
        request,
        PAGE,
        status=status,
        place=place,
        view=view,
        guest=seat.side is Side.GUEST,
        listing=address_of(seat.link.key) if seat.side is Side.HOST else "",
        until=time_of_day(seat.link.expires_at),
        link=seat.link.id,
        seen=seen,
        mark=mark_of(seen, 0),
        remarks=json.dumps(list(told.values())),
        read=[(remark, told[remark.id]) for remark in with_words(seen.remarks)],
        key=secrets.token_urlsafe(KEY_BYTES),
        name=name[:MOST_NAME],
        word=word,
        wrong=wrong,
        address=address,
        reaches_far=reaches_far,
        MOST_NAME=MOST_NAME,
        MOST_LETTERS=MOST_LETTERS,
    )


async def _sweep(desk: ConsoleDesk) -> None:
    while True:
        try:
            await asyncio.to_thread(remove_ended_coaching, desk.catalog)
        except CatalogError as fault:
            log.warning("coaching that has ended could not be removed, which is tried again: %s", fault)
        await asyncio.sleep(SWEEP_SECONDS)
