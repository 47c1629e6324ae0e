"""What a person reads where there is no page for her: one sentence, and one thing to do."""

import asyncio
import logging
from enum import StrEnum
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from storage.catalog.connection import CatalogError
from web.console.door import NotSignedIn, recognise
from web.console.guard import guard_answer
from web.console.pages import Pages

log = logging.getLogger(__name__)


class Fault(StrEnum):
    """Each has its texts in ``config/messages``."""

    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    FOREIGN = "foreign"
    SLOW = "slow"
    TOO_LARGE = "too_large"
    WRONG = "wrong"
    OURS = "ours"


FAULTS = {
    HTTPStatus.NOT_FOUND: Fault.NOT_FOUND,
    HTTPStatus.FORBIDDEN: Fault.NOT_ALLOWED,
    HTTPStatus.REQUEST_TIMEOUT: Fault.SLOW,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Fault.TOO_LARGE,
}


def show_fault(pages: Pages, request: Request, fault: Fault, status: int) -> Response:
    """Return a page for who looks at one, and the same words as JSON for a script."""
    if wants_page(request):
        # Where a form is sent to there need not be a page.
        place = None if request.method == "GET" else "/"
        return pages.show(request, "console/fault.html.jinja", status=status, place=place, fault=fault)
    messages = pages.messages_for(request)
    told = {part: messages.text(f"console.door.fault.{fault}.{part}") for part in ("title", "advice")}
    return JSONResponse({"fault": fault, **told}, status, {"cache-control": "no-store"})


def tell_faults(app: FastAPI, pages: Pages) -> None:
    """Have the application answer in words, whatever goes wrong."""

    @app.exception_handler(NotSignedIn)
    async def lead_to_the_door(request: Request, fault: NotSignedIn) -> Response:
        if wants_page(request):
            return RedirectResponse(fault.sign_in, HTTPStatus.SEE_OTHER)
        return JSONResponse({"sign_in": fault.sign_in}, HTTPStatus.UNAUTHORIZED)

    @app.exception_handler(HTTPException)
    async def tell_refusal(request: Request, refusal: HTTPException) -> Response:
        if wants_page(request):
            # No route has asked who is there where there is none; she keeps her menu all the same.
            try:
                await asyncio.to_thread(recognise, request)
            except CatalogError as away:
                return await tell_catalog(request, away)
        fault = FAULTS.get(HTTPStatus(refusal.status_code), Fault.WRONG)
        answer = show_fault(pages, request, fault, refusal.status_code)
        answer.headers.update(refusal.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def tell_wrong(request: Request, wrong: RequestValidationError) -> Response:
        return show_fault(pages, request, Fault.WRONG, HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.exception_handler(CatalogError)
    async def tell_catalog(request: Request, fault: CatalogError) -> Response:
        log.error("%s: %s", request.url.path, fault)
        return show_fault(pages, request, Fault.OURS, HTTPStatus.SERVICE_UNAVAILABLE)

    @app.exception_handler(Exception)
    async def tell_ours(request: Request, fault: Exception) -> Response:
        # Outside of everything else, the guard too; the server writes the fault into its log.
        answer = show_fault(pages, request, Fault.OURS, HTTPStatus.INTERNAL_SERVER_ERROR)
        guard_answer(answer.headers, request.url.scheme)
        return answer


def wants_page(request: Request) -> bool:
    """Return whether it is a person who looks at a page, and no script."""
    return "text/html" in request.headers.get("accept", "")
