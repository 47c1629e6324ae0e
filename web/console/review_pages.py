"""The reviewer's queue: one listing after the other, whoever its seller is, the oldest first."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from config.waits import wait_section
from models.review import SendBackReason, beyond_approval
from storage.catalog.reading import ListingRow, find_listing
from storage.catalog.review_counts import count_decisions, count_send_backs
from storage.catalog.review_queue import Place, count_queue, read_queue
from web.console.auth import Reviewer
from web.console.context import ConsoleContext
from web.console.form import row_number
from web.console.listing_view import address_of, picture_of
from web.templating import AFTER, BEFORE, THUMBNAIL

DAYS = 30
"""That are counted on the page of reasons."""


def review_routes(context: ConsoleContext) -> APIRouter:
    """Return the queue, its next listing by itself, and what was decided so far."""
    routes = APIRouter(prefix="/review")

    @routes.get("")
    def show(request: Request, person: Reviewer, after: str = "") -> Response:
        """Show the listing that has waited longest, or the next one after a place."""
        values = _next(context, after)
        waiting = count_queue(context.catalog)
        return context.pages.show(request, "console/review.html.jinja", waiting=waiting, **values)

    @routes.get("/next")
    def show_next(request: Request, person: Reviewer, after: str = "") -> Response:
        """Show the same by itself, for a page that has the rest already."""
        return context.pages.show(request, "console/review_item.html.jinja", **_next(context, after))

    @routes.get("/reasons")
    def show_reasons(request: Request, person: Reviewer) -> Response:
        """Show how often each reason was given, and what was decided on what had waited for which."""
        return context.pages.show(
            request,
            "console/review_reasons.html.jinja",
            days=DAYS,
            given=count_send_backs(context.catalog, days=DAYS),
            decided=count_decisions(context.catalog, days=DAYS),
            wait_section=wait_section,
        )

    return routes


def _next(context: ConsoleContext, after: str) -> dict[str, Any]:
    queued = read_queue(context.catalog, after=read_place(after) if after else None, limit=1)
    row = find_listing(context.catalog, queued[0].key) if queued else None
    return {
        "row": row,
        "queued_at": write_place(queued[0].place) if queued else "",
        "address": address_of(row.key) if row else "",
        "approvable": _approvable(row),
        "reasons": tuple(SendBackReason),
        "picture_of": picture_of,
        "wait_section": wait_section,
        "BEFORE": BEFORE,
        "AFTER": AFTER,
        "THUMBNAIL": THUMBNAIL,
    }


def _approvable(row: ListingRow | None) -> bool:
    return row is not None and row.result is not None and not beyond_approval(row.result)


def write_place(place: Place) -> str:
    """Return a place in the queue as an address has it."""
    return f"{place.waits_since.isoformat()}~{place.number}"


def read_place(text: str) -> Place:
    """Return the place that an address has. Raises HTTPException 422 if the text is not a valid place."""
    moment, _, number = text.rpartition("~")
    try:
        since = datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError):
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from None
    return Place(since, row_number(number))
