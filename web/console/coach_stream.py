"""Streams what is new in a coaching session to each side, by server-sent events.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import json
import math
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from config.messages import Messages
from models.coaching import CoachingOver, Side
from storage.catalog.coach_words import look_on
from web.console.auth import stays
from web.console.coach_participant import NO_STORE, Participant, ParticipantGate, Show, tell_over
from web.console.coach_view import Told, tell_seen
from web.console.context import ConsoleContext
from web.console.pages import person_of

LOOK_SECONDS = 0.5
"""Between two looks at the catalog: whoever points waits for the other's eye."""
HERE_SECONDS = 10.0
"""After so long without news it is said that there is none: a line that is cut would be silent too."""
LONGEST_SECONDS = 600.0
"""Of one stream. A browser then asks again by itself."""
MOST_LISTENERS = 8
"""Streams of one link and process; whoever comes after them asks now and then."""
MARK = re.compile(r"(\d{1,18})-(\d{1,9})", re.ASCII)


def stream_routes(context: ConsoleContext, gate: ParticipantGate, show: Show) -> APIRouter:
    """Return where one side hears what there is, as it comes or once."""
    routes = APIRouter()
    listeners: Counter[int] = Counter()

    @routes.get("/now")
    async def tell_now(request: Request, after: str = "") -> Response:
        """Tell once what there is since a mark, for who has no stream."""
        messages = context.pages.messages_for(request)
        try:
            participant = await gate(request)
            told, _ = await asyncio.to_thread(_news, context, participant, read_mark(after), messages)
        except CoachingOver:
            return tell_over(context.pages, show, request)
        return JSONResponse(told, headers=NO_STORE)

    @routes.get("/events")
    async def tell_on(request: Request, after: str = "") -> Response:
        """Tell each change since a mark as it comes."""
        try:
            participant = await gate(request)
        except CoachingOver:
            return tell_over(context.pages, show, request)
        if listeners[participant.link.id] >= MOST_LISTENERS:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE)
        messages = context.pages.messages_for(request)

        person = person_of(request)
        may_hear = stays(request, person) if participant.side is Side.HOST and person else _by_link

        async def counted() -> AsyncIterator[str]:
            listeners[participant.link.id] += 1
            try:
                mark = request.headers.get("last-event-id", after)
                async for event in tell_changes(
                    lambda since: _news(context, participant, since, messages), mark, may_hear=may_hear
                ):
                    yield event
            finally:
                listeners[participant.link.id] -= 1

        headers = {**NO_STORE, "x-accel-buffering": "no"}
        return StreamingResponse(counted(), HTTPStatus.OK, headers, media_type="text/event-stream")

    return routes


async def tell_changes(
    news: Callable[[tuple[int, int]], tuple[Told, bool]],
    mark: str,
    *,
    may_hear: Callable[[], bool],
    pause: float = LOOK_SECONDS,
    here: float = HERE_SECONDS,
) -> AsyncIterator[str]:
    """Yield an event for what is new since a mark, at first and now and then one that says nothing, one when over.

    ``news`` gives what there is since a mark, and whether it is anything; it raises CoachingOver.
    Once ``may_hear`` says no, nothing more is told. ``pause`` is in s, between two looks, and ``here`` between two
    events.
    """
    ends = time.monotonic() + LONGEST_SECONDS
    quiet_since = -math.inf  # with the first event a browser knows that the stream stands
    while time.monotonic() < ends and await asyncio.to_thread(may_hear):
        try:
            told, new = await asyncio.to_thread(news, read_mark(mark))
        except CoachingOver:
            yield "event: over\ndata: {}\n\n"
            return
        if new:
            mark = str(told["mark"])
            yield f"id: {mark}\nevent: seen\ndata: {json.dumps(told)}\n\n"
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since >= here:
            yield "event: here\ndata: {}\n\n"
            quiet_since = time.monotonic()
        await asyncio.sleep(pause)


def _by_link() -> bool:
    """The link itself is looked at with each look for news."""
    return True


def read_mark(text: str) -> tuple[int, int]:
    """Return the last remark and turn that a mark stands for; of what is no mark, those before the first."""
    found = MARK.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else (0, -1)


def _news(
    context: ConsoleContext, participant: Participant, since: tuple[int, int], messages: Messages
) -> tuple[Told, bool]:
    after, turn = since
    seen = look_on(context.catalog, participant.link, after=after)
    return tell_seen(seen, after, participant.side, messages), bool(seen.remarks) or seen.turn != turn
