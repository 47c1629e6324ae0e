"""A photo that is taken again, in its place in the listing; and the way back to an earlier take."""

import asyncio
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from models.person import Person, Role
from models.photo import SetAside
from models.take import Take
from storage.catalog.reading import ListingRow
from storage.catalog.takes import takes_of, takes_of_photo
from storage.catalog.uploads import has_photo
from storage.takes import go_back
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn
from web.console.form import Form
from web.console.listing_view import address_of
from web.console.new_words import NewWords
from web.console.retake_view import earlier_takes
from web.console.sight import listing_to_see, row_to_see

SENDERS = frozenset({Role.TRAINER, Role.ADMINISTRATOR})
"""Who may send a seller's photos."""


def retake_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the page of a photo that cannot be shown otherwise, and where an earlier take is chosen."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}")
    new_words = NewWords()

    @routes.get("/retake")
    def show(request: Request, person: SignedIn, seller: str, listing: str, file: str) -> Response:
        """Show where a photo is taken again that could not be used, and so has no page of its own."""
        known, row = listing_to_see(desk.catalog, person, seller, listing)
        if not has_photo(desk.catalog, row.key, file):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        takes = takes_of(desk.catalog, row.key)
        return desk.pages.show(
            request,
            "console/retake_page.html.jinja",
            seller=known,
            listing=address_of(row.key),
            **retaking(person, row, takes, file, None),
        )

    @routes.post("/takes")
    async def choose(request: Request, person: SignedIn, seller: str, listing: str, form: Form) -> Response:
        """Have an earlier take be the one in the listing, and show what there is to see of the photo."""
        row = await asyncio.to_thread(row_to_see, desk.catalog, person, seller, listing)
        file, sha256 = form.get("file", ""), form.get("sha256", "")
        photo = row.key.photo(file)
        try:
            await asyncio.to_thread(go_back, desk.store, desk.catalog, photo, sha256, by=person.name)
        except LookupError:
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        now = await asyncio.to_thread(row_to_see, desk.catalog, person, seller, listing)
        if now.version != row.version:
            new_words.arrived(row.key, now.version)
        return RedirectResponse(f"{address_of(row.key)}/photos/{quote(sha256)}", HTTPStatus.SEE_OTHER)

    return routes


def retaking(
    person: Person, row: ListingRow, takes: tuple[Take, ...], file: str, sha256: str | None
) -> dict[str, Any]:
    """Return what the part of a page needs on which a photo is taken again; ``sha256`` is what the page shows."""
    pending = row.result is None or row.result.version != row.version
    return {
        "file": file,
        "key": row.key,
        "version": row.version,
        "pending": pending,
        "may_send": person.role in SENDERS,
        "earlier": earlier_takes(takes, file, sha256, pending=pending),
    }


def newer_address(row: ListingRow, takes: tuple[Take, ...], sha256: str) -> str | None:
    """Return where a photo is shown whose address is that of another take; ``None`` for what is no take."""
    # A photo that had GPS when it was put there was made by another hash than it is kept by.
    known = ((take, {take.sha256, take.made.sha256 if take.made else None}) for take in takes)
    take = next((take for take, hashes in known if sha256 in hashes), None)
    if take is None:
        return None
    files = {each.file for each in takes_of_photo(takes, take.file)}
    for photo in row.result.photos if row.result else ():
        if photo.file in files:
            unused = isinstance(photo, SetAside)
            place = f"retake?file={quote(photo.file, safe='')}" if unused else f"photos/{photo.sha256}"
            return f"{address_of(row.key)}/{place}"
    return None
