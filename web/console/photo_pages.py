"""A product's photos: sent from the trainer's computer, with the seller's words; then worked on."""

import asyncio
import logging
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from models.listing import ListingKey
from models.naming import plain_name
from models.seller import Seller
from models.store import StoreError
from processing.suggest.note import MAX_BYTES
from storage.catalog.arrivals import COMPLETE_NOTE
from storage.catalog.reading import find_listing
from storage.catalog.uploads import uploads_of
from storage.discovery import discover_listing
from web.console.desk import ConsoleDesk
from web.console.form import Form
from web.console.note_form import NoteFields, note_beside, read_note_form
from web.console.runs import call_worker
from web.console.seller_pages import Host, seller_to_see

log = logging.getLogger(__name__)

PHOTOS = "console/photos.html.jinja"


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
        enrolled: bool = False,
    ) -> Response:
        key = ListingKey(seller=seller.folder, listing=listing)
        return desk.pages.show(
            request,
            PHOTOS,
            status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
            place=photos_of(seller, listing),
            seller=seller,
            listing=listing,
            place_of_photos=str(key),
            endpoint=f"/sellers/{quote(seller.folder)}/uploads",
            uploads=uploads_of(desk.catalog, key) if listing else (),
            note=note,
            typed=typed,
            most_words=MAX_BYTES,
            wrong=wrong or {},
            enrolled=enrolled,
        )

    @routes.get("/photos")
    def show_photos(
        request: Request, person: Host, folder: str, listing: str = "", enrolled: str = ""
    ) -> Response:
        """Ask which product, or show where its photos are sent from; ``enrolled`` where its form has led here."""
        seller, name = seller_to_see(desk.catalog, person, folder), plain_name(listing)
        key = ListingKey(seller=folder, listing=name)
        note = _note_if_it_can_be_had(desk, key) if name else None
        return show(request, seller, name, note, enrolled=bool(enrolled))

    @routes.post("/products")
    async def name_product(request: Request, person: Host, folder: str, form: Form) -> Response:
        """Lead on to a product's photos."""
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        listing = plain_name(form.get("product", ""))
        if not listing:
            return show(request, seller, wrong={"product": "wrong"})
        return RedirectResponse(photos_of(seller, listing), HTTPStatus.SEE_OTHER)

    @routes.post("/note")
    async def start(request: Request, person: Host, folder: str, form: Form) -> Response:
        """Put the seller's words beside her photos, where they say something new, and have all of it worked on."""
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        key = ListingKey(seller=folder, listing=listing_in(form))
        there = await asyncio.to_thread(note_beside, desk.store, key)
        sent = read_note_form(form, there)
        arrived = await asyncio.to_thread(_has_photos, desk, key)
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


def _has_photos(desk: ConsoleDesk, key: ListingKey) -> bool:
    """Return whether any photo is there, by this console or another way. Raises CatalogError."""
    row = find_listing(desk.catalog, key)
    return (row is not None and row.photo_count > 0) or any(one.file for one in uploads_of(desk.catalog, key))


def listing_in(form: Mapping[str, str]) -> str:
    """Return which listing a form is about. Raises HTTPException where it is about none."""
    listing = plain_name(form.get("listing", ""))
    if not listing:
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    return listing


def photos_of(seller: Seller, listing: str) -> str:
    """Return the address of the page that a listing's photos are sent from."""
    query = f"?listing={quote(listing)}" if listing else ""
    return f"/sellers/{quote(seller.folder)}/photos{query}"
