"""A product's photos: sent from the trainer's computer, or by a link from the seller's phone; then worked on."""

import asyncio
import logging
from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

import segno
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from config.wall_clock import time_of_day
from flows.serving_host import is_loopback
from models.listing import ListingKey
from models.naming import plain_name
from models.seller import Seller
from models.store import StoreError
from processing.suggest.note import MAX_BYTES
from storage.catalog.arrivals import COMPLETE_NOTE
from storage.catalog.upload_links import make_link, withdraw_links
from storage.catalog.uploads import has_photo, uploads_of
from storage.discovery import discover_listing
from web.console.desk import ConsoleDesk
from web.console.form import Form
from web.console.listing_view import address_of
from web.console.note_form import NoteFields, note_beside, read_note_form
from web.console.runs import call_worker
from web.console.seller_pages import Host, seller_to_see

log = logging.getLogger(__name__)

PHOTOS = "console/photos.html.jinja"
LINK = "console/link.html.jinja"


def photo_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the page that a product's photos are sent from, and what its forms lead to."""
    routes = APIRouter(prefix="/sellers/{folder}")

    def show(
        request: Request,
        seller: Seller,
        listing: str = "",
        note: NoteFields | None = None,
        typed: NoteFields | None = None,
        wrong: Mapping[str, str] | None = None,
    ) -> Response:
        key = ListingKey(seller=seller.folder, listing=listing)
        return desk.pages.show(
            request,
            PHOTOS,
            status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
            place=_photos_of(seller, listing),
            seller=seller,
            listing=listing,
            place_of_photos=str(key),
            endpoint=f"/sellers/{quote(seller.folder)}/uploads",
            uploads=uploads_of(desk.catalog, key) if listing else (),
            note=note,
            typed=typed,
            most_words=MAX_BYTES,
            wrong=wrong or {},
        )

    def show_link(request: Request, seller: Seller, listing: str, **values: Any) -> Response:  # noqa: ANN401
        back = _photos_of(seller, listing)
        values = {"address": None, "withdrawn": False, "back": back, "place": back, **values}
        return desk.pages.show(request, LINK, seller=seller, listing=listing, **values)

    @routes.get("/photos")
    def show_photos(request: Request, person: Host, folder: str, listing: str = "") -> Response:
        """Ask which product, or show where its photos are sent from."""
        seller, name = seller_to_see(desk.catalog, person, folder), plain_name(listing)
        key = ListingKey(seller=folder, listing=name)
        return show(request, seller, name, _note_if_it_can_be_had(desk, key) if name else None)

    @routes.post("/products")
    async def name_product(request: Request, person: Host, folder: str, form: Form) -> Response:
        """Lead on to a product's photos."""
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        listing = plain_name(form.get("product", ""))
        if not listing:
            return show(request, seller, wrong={"product": "wrong"})
        return RedirectResponse(_photos_of(seller, listing), HTTPStatus.SEE_OTHER)

    @routes.post("/links")
    async def make(request: Request, person: Host, folder: str, form: Form) -> Response:
        """Make a link for a phone, and show it as a QR code: this once, since nobody keeps it.

        With ``replaces`` it is for another take of that photo.
        """
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        again = form.get("replaces", "")
        listing = form.get("listing", "") if again else _listing_in(form)
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
        until, picture = time_of_day(link.expires_at), _draw(address)
        return show_link(request, seller, listing, address=address, picture=picture, until=until, **places)

    @routes.post("/links/withdraw")
    async def withdraw(request: Request, person: Host, folder: str, form: Form) -> Response:
        """End all of a seller's links."""
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        await asyncio.to_thread(withdraw_links, desk.catalog, folder, by=person.name)
        return show_link(request, seller, _listing_in(form), withdrawn=True)

    @routes.post("/note")
    async def start(request: Request, person: Host, folder: str, form: Form) -> Response:
        """Put the seller's words beside her photos, where they say something new, and have all of it worked on."""
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        key = ListingKey(seller=folder, listing=_listing_in(form))
        there = await asyncio.to_thread(note_beside, desk.store, key)
        sent = read_note_form(form, there)
        uploads = await asyncio.to_thread(uploads_of, desk.catalog, key)
        arrived = any(upload.file for upload in uploads)
        wrong = {**sent.wrong, **({} if arrived else {"photos": "no_photo_yet"})}
        if wrong:
            return await asyncio.to_thread(show, request, seller, key.listing, there, sent.changed, wrong)
        if sent.note is not None:
            place, text = f"raw/{key}/{COMPLETE_NOTE}", sent.note.model_dump_json().encode()
            await asyncio.to_thread(desk.store.put, place, text, media_type="application/json")
        # Or the run would look over until a worker finds out what has come.
        await asyncio.to_thread(discover_listing, desk.store, desk.catalog, key)
        called = await call_worker(seller, key, desk.pages.messages_for(request).language)
        run = f"/sellers/{quote(folder)}/run?called={called}&sent={quote(key.listing)}"
        return RedirectResponse(run, HTTPStatus.SEE_OTHER)

    return routes


def _note_if_it_can_be_had(desk: ConsoleDesk, key: ListingKey) -> NoteFields | None:
    try:
        return note_beside(desk.store, key)
    except StoreError as fault:
        # Photos can be chosen all the same: the browser sends them once the store is back.
        log.warning("%s: %s", key, fault)
        return None


def _listing_in(form: Mapping[str, str]) -> str:
    """Return which listing a form is about. Raises HTTPException where it is about none."""
    listing = plain_name(form.get("listing", ""))
    if not listing:
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    return listing


def _photos_of(seller: Seller, listing: str) -> str:
    query = f"?listing={quote(listing)}" if listing else ""
    return f"/sellers/{quote(seller.folder)}/photos{query}"


def _draw(address: str) -> str:
    """Return a QR code as an SVG that needs no style."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", scale=8, border=2, xmldecl=False, svgns=True, omitsize=True
    )
    return picture.getvalue().decode()
