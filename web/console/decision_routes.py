"""A person's decision about a listing: on the version that she saw, and under her name."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from config.messages import load_messages
from flows.approving import approve_listing
from models.person import Person
from models.review import ReviewRefused, SendBackReason
from storage.catalog.reading import ListingRow
from storage.catalog.reviews import send_back
from web.console.access import row_to_see
from web.console.auth import SignedIn
from web.console.context import ConsoleContext
from web.console.error_pages import wants_page
from web.console.form import Form, our_place
from web.console.listing_pages import show_listing
from web.console.listing_view import address_of
from web.console.word_form import one_line

MOST_WORD = 500
"""Characters."""
MOST_DIGITS = 9


def decision_routes(context: ConsoleContext) -> APIRouter:
    """Return where decisions are sent; each leads on to ``next``, or answers a script in JSON."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}")

    @routes.post("/approve")
    async def approve(request: Request, person: SignedIn, seller: str, listing: str, form: Form) -> Response:
        """Have the version that was seen published."""
        row = await asyncio.to_thread(row_to_see, context.catalog, person, seller, listing)
        try:
            await approve_listing(
                context.settings,
                context.catalog,
                row.key,
                version=_version(form.get("version", "")),
                by=person.name,
            )
        except ReviewRefused as refused:
            return await asyncio.to_thread(_refuse, context, request, person, row, f"refused.{refused.refusal}")
        return _done(request, form.get("next", address_of(row.key)))

    @routes.post("/send-back")
    async def send_it_back(request: Request, person: SignedIn, seller: str, listing: str, form: Form) -> Response:
        """Have the version that was seen wait for its seller, with a word for her."""
        row = await asyncio.to_thread(row_to_see, context.catalog, person, seller, listing)
        reason, word = _read_reason(form.get("reason", "")), one_line(form.get("word", ""))[:MOST_WORD]
        if not word and reason in {None, SendBackReason.OTHER}:
            return await asyncio.to_thread(
                _refuse, context, request, person, row, "no_word.title", HTTPStatus.UNPROCESSABLE_ENTITY
            )
        word = word or load_messages(context.settings.language).text(f"console.listings.reason.{reason}.word")
        try:
            await asyncio.to_thread(
                send_back,
                context.catalog,
                row.key,
                version=_version(form.get("version", "")),
                by=person.name,
                word=word,
                reason=reason,
            )
        except ReviewRefused as refused:
            return await asyncio.to_thread(_refuse, context, request, person, row, f"refused.{refused.refusal}")
        return _done(request, form.get("next", address_of(row.key)))

    return routes


def _refuse(
    context: ConsoleContext,
    request: Request,
    person: Person,
    row: ListingRow,
    wrong: str,
    status: HTTPStatus = HTTPStatus.CONFLICT,
) -> Response:
    """Say why a decision was not taken down, in the text ``wrong``, and show what there is now."""
    if wants_page(request):
        return show_listing(context, request, person, row.key.seller, row.key.listing, wrong=wrong, status=status)
    text = context.pages.messages_for(request).text(f"console.listings.{wrong}")
    return JSONResponse({"problem": text}, status)


def _done(request: Request, place: str) -> Response:
    if not wants_page(request):
        return JSONResponse({})
    return RedirectResponse(our_place(place), HTTPStatus.SEE_OTHER)


def _read_reason(code: str) -> SendBackReason | None:
    return SendBackReason(code) if code in set(SendBackReason) else None


def _version(text: str) -> int:
    """Return the version that was seen. Raises HTTPException 422 if the text is not a valid number."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    return int(text)
