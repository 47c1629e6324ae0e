"""The page of a seller's run, and the run's progress by server-sent events.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import hashlib
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from web.console.auth import SignedIn, stays
from web.console.context import ConsoleContext
from web.console.run_view import ListingsShown, RunView
from web.console.runs import Called
from web.console.seller_pages import seller_to_see

LOOK_SECONDS = 1.0
"""Between two looks at the catalog."""
LONGEST_SECONDS = 3600.0
"""Of one stream: as long as a run may take. A browser then asks again by itself."""


def run_routes(context: ConsoleContext) -> APIRouter:
    """Return the page of a seller's run, and the events that change it."""
    routes = APIRouter(prefix="/sellers/{folder}/run")

    @routes.get("")
    def show(
        request: Request, person: SignedIn, folder: str, called: str = Called.CALLED, sent: str = ""
    ) -> Response:
        """Show how far each product is; of the one whose form was ``sent`` the browser need keep nothing more."""
        seller = seller_to_see(context.catalog, person, folder)
        shown, over = RunView(context.catalog, context.store, folder, context.pages.messages_for(request)).look()
        trouble = called if called in {Called.NO_SERVER, Called.NOT_CALLED} else ""
        values: dict[str, Any] = {"seller": seller, "shown": shown, "over": over, "trouble": trouble, "sent": sent}
        return context.pages.show(request, "console/run.html.jinja", **values)

    @routes.get("/events")
    async def tell(request: Request, person: SignedIn, folder: str) -> Response:
        """Tell each change; who was told everything already is told nothing again."""
        seller = await asyncio.to_thread(seller_to_see, context.catalog, person, folder)
        messages = context.pages.messages_for(request)
        view = RunView(context.catalog, context.store, seller.folder, messages)
        told = request.headers.get("last-event-id", "")
        events = tell_changes(view.look, told, may_hear=stays(request, person))
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(events, HTTPStatus.OK, headers, media_type="text/event-stream")

    return routes


async def tell_changes(
    look: Callable[[], tuple[ListingsShown, bool]],
    told: str,
    *,
    may_hear: Callable[[], bool],
    pause: float = LOOK_SECONDS,
) -> AsyncIterator[str]:
    """Yield an event for each listing that is shown otherwise than before, until all are worked on.

    ``told`` is the id of the last event that was heard; it stands for everything that was shown then. Whoever may
    hear no more is told so, and nothing else. ``pause`` is in s, between two looks.
    """
    before: Mapping[str, object] = {}
    ends = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < ends:
        if not await asyncio.to_thread(may_hear):
            yield "event: ended\ndata: {}\n\n"
            return
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
        await asyncio.sleep(pause)
