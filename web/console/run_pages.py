"""A run that is seen: the state of a seller's products, by server-sent events, as the catalog has it.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from config.messages import Messages
from models.state import ListingState
from storage.catalog.connection import Catalog
from storage.catalog.reading import ListingRow, list_listings
from storage.catalog.uploads import listings_sent
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn
from web.console.runs import Called
from web.console.seller_pages import seller_to_see

LOOK_SECONDS = 1.0
"""Between two looks at the catalog."""
LONGEST_SECONDS = 3600.0
"""Of one stream: as long as a run may take. A browser then asks again by itself."""
UNDER_WAY = frozenset({ListingState.DUE, ListingState.LEASED, ListingState.PUBLISHING})
Shown = dict[str, dict[str, str]]
"""What is shown of each listing, in words."""


def run_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the page of a seller's run, and the events that change it."""
    routes = APIRouter(prefix="/sellers/{folder}/run")

    @routes.get("")
    def show(request: Request, person: SignedIn, folder: str, called: str = Called.CALLED) -> Response:
        """Show how far each product is."""
        seller = seller_to_see(desk.catalog, person, folder)
        shown, over = look(desk.catalog, folder, desk.pages.messages_for(request))
        trouble = called if called in {Called.NO_SERVER, Called.NOT_CALLED} else ""
        values: dict[str, Any] = {"seller": seller, "shown": shown, "over": over, "trouble": trouble}
        return desk.pages.show(request, "console/run.html.jinja", **values)

    @routes.get("/events")
    async def tell(request: Request, person: SignedIn, folder: str) -> Response:
        """Tell each change; who was told everything already is told nothing again."""
        seller = await asyncio.to_thread(seller_to_see, desk.catalog, person, folder)
        messages = desk.pages.messages_for(request)
        events = tell_changes(
            lambda: look(desk.catalog, seller.folder, messages), request.headers.get("last-event-id", "")
        )
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(events, HTTPStatus.OK, headers, media_type="text/event-stream")

    return routes


def look(catalog: Catalog, seller: str, messages: Messages) -> tuple[Shown, bool]:
    """Return what is shown of a seller's listings, and whether all of them are worked on. Raises CatalogError."""
    rows = {row.key.listing: row for row in list_listings(catalog, seller=seller)}
    # Photos that nobody has looked for yet have no row, and are due all the same.
    names = sorted({*rows, *listings_sent(catalog, seller)})
    over = bool(names) and all(name in rows and rows[name].state not in UNDER_WAY for name in names)
    return {name: _show(seller, name, rows.get(name), messages) for name in names}, over


async def tell_changes(look: Callable[[], tuple[Shown, bool]], told: str) -> AsyncIterator[str]:
    """Yield an event for each listing that is shown otherwise than before, until all are worked on.

    ``told`` is the id of the last event that was heard; it stands for everything that was shown then.
    """
    before: Mapping[str, object] = {}
    ends = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < ends:
        shown, over = await asyncio.to_thread(look)
        mark = hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
        if mark != told:
            changed = [one for name, one in shown.items() if before.get(name) != one]
            for number, one in enumerate(changed, start=1):
                # Only the last one says that all of this was heard.
                sealed = f"id: {mark}\n" if number == len(changed) else ""
                yield f"{sealed}event: listing\ndata: {json.dumps(one)}\n\n"
        told, before = mark, shown
        if over:
            yield "event: over\ndata: {}\n\n"
            return
        await asyncio.sleep(LOOK_SECONDS)


def _show(seller: str, name: str, row: ListingRow | None, messages: Messages) -> dict[str, str]:
    state = row.state if row else ListingState.DUE
    count, score = (row.photo_count, row.result.score if row.result else None) if row else (0, None)
    done = state not in UNDER_WAY
    return {
        "listing": name,
        "state": state,
        "says": messages.text(f"states.{state}"),
        "photos": messages.text("console.sellers.run.photos", count=count) if count else "",
        "score": messages.text("console.sellers.run.score", score=score) if done and score is not None else "",
        "place": f"/sellers/{quote(seller)}/listings/{quote(name)}" if row and done else "",
    }
