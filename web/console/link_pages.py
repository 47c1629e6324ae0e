"""Links by which a seller's own phone sends photos: made as a QR code, and withdrawn."""

import asyncio
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

import segno
from fastapi import APIRouter, HTTPException, Request, Response

from config.wall_clock import time_of_day
from flows.serving_host import is_loopback
from models.listing import ListingKey
from models.seller import Seller
from storage.catalog.upload_links import make_link, withdraw_links
from storage.catalog.uploads import has_photo
from web.console.desk import ConsoleDesk
from web.console.form import Form
from web.console.listing_view import address_of
from web.console.photo_pages import listing_in, photos_of
from web.console.reach import reaches_far
from web.console.seller_pages import Host, seller_to_see

LINK = "console/link.html.jinja"


def link_routes(desk: ConsoleDesk) -> APIRouter:
    """Return where links are made and withdrawn; each answers with the page that says so."""
    routes = APIRouter(prefix="/sellers/{folder}")

    def show_link(request: Request, seller: Seller, listing: str, **values: Any) -> Response:  # noqa: ANN401
        back = photos_of(seller, listing)
        values = {"address": None, "withdrawn": False, "back": back, "place": back, **values}
        return desk.pages.show(request, LINK, seller=seller, listing=listing, **values)

    @routes.post("/links")
    async def make(request: Request, person: Host, folder: str, form: Form) -> Response:
        """Make a link for a phone, and show it as a QR code: this once, since nobody keeps it.

        With ``replaces`` it is for another take of that photo.
        """
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        again = form.get("replaces", "")
        listing = form.get("listing", "") if again else listing_in(form)
        key = ListingKey(seller=folder, listing=listing)
        if again and not await asyncio.to_thread(has_photo, desk.catalog, key, again):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        places: dict[str, str] = {}
        if again:
            back = address_of(key)
            places = {"back": back, "place": f"{back}/retake?file={quote(again, safe='')}"}
        if is_loopback(request.url.hostname or ""):
            return show_link(request, seller, listing, **places)
        link, token = await asyncio.to_thread(make_link, desk.catalog, key, by=person.name)
        address = f"{request.base_url}u/{token}{f'?replaces={quote(again)}' if again else ''}"
        told = {"address": address, "picture": _draw(address), "until": time_of_day(link.expires_at)}
        near = not reaches_far(request.url.hostname or "")
        return show_link(request, seller, listing, near=near, **told, **places)

    @routes.post("/links/withdraw")
    async def withdraw(request: Request, person: Host, folder: str, form: Form) -> Response:
        """End all of a seller's links."""
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        await asyncio.to_thread(withdraw_links, desk.catalog, folder, by=person.name)
        return show_link(request, seller, listing_in(form), withdrawn=True)

    return routes


def _draw(address: str) -> str:
    """Return a QR code as an SVG that needs no style."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", scale=8, border=2, xmldecl=False, svgns=True, omitsize=True
    )
    return picture.getvalue().decode()
