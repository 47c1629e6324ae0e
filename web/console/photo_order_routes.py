"""The cover and the order of a listing's photos, as a person wants them."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from processing.listing import in_order
from storage.catalog.edits import order_photos, overrides_of
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn
from web.console.form import Form
from web.console.listing_view import address_of
from web.console.new_words import NewWords
from web.console.sight import row_to_see

MOST_DIGITS = 4


def photo_order_routes(desk: ConsoleDesk) -> APIRouter:
    """Return where a photo is sent to another place, and where the order is left to us again."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}")
    new_words = NewWords()

    @routes.post("/photo-order")
    async def order(request: Request, person: SignedIn, seller: str, listing: str, form: Form) -> Response:
        """Put one photo where it is wanted, the others as they were; without a photo, take the order back."""
        row = await asyncio.to_thread(row_to_see, desk.catalog, person, seller, listing)
        said = (await asyncio.to_thread(overrides_of, desk.catalog, row.key)).order
        shown = [photo.file for photo in in_order(row.result.finished, said)] if row.result else []
        file, place = form.get("file", ""), _read_place(form.get("place", "1"))
        if file and file not in shown:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        wanted = move(shown, said, file, place) if file else ()
        try:
            version = await asyncio.to_thread(order_photos, desk.catalog, row.key, wanted, by=person.name)
        except LookupError:
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        if version != row.version:
            new_words.arrived(row.key, version)
        # Beside a fragment no browser goes to the button that the page names.
        shown_at = f"?moved={place}" if file else "#photo-order"
        return RedirectResponse(f"{address_of(row.key)}{shown_at}", HTTPStatus.SEE_OTHER)

    return routes


def move(shown: Sequence[str], said: Sequence[str], file: str, place: int) -> tuple[str, ...]:
    """Return the photos' order once ``file`` is at a place of those that are ``shown``, the first being 1.

    What a person has ``said`` of others, which cannot be shown just now, stays: they come back to their places.
    """
    order = [each for each in shown if each != file]
    order.insert(place - 1, file)
    for index, hidden in enumerate(said):
        if hidden not in order:
            order.insert(index, hidden)
    return tuple(order)


def _read_place(text: str) -> int:
    """Return a place. Raises HTTPException 422 for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and int(text) > 0):
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    return int(text)
