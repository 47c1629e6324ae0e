"""A participant in a coaching session: the host, who is signed in, or the guest, who has the link."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from models.coaching import CoachLink, Side
from web.console.error_pages import wants_page
from web.console.pages import Pages

NO_STORE = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part: on which link, on which side, and by which name."""

    link: CoachLink
    side: Side
    name: str
    """Of her account; empty for a guest, who says it with each remark."""


ParticipantGate = Callable[[Request], Awaitable[Participant]]
"""Gives the participant who asks. Raises CoachingOver, and HTTPException 404 for who may not know of it."""
Show = Callable[..., Response]
"""Gives the page: ``show(request, participant, name=..., word=..., wrong=...)``, with None once it is over."""


def tell_over(pages: Pages, show: Show, request: Request) -> Response:
    """Return what is said once it is over, to who looks at a page and to a script."""
    if wants_page(request):
        return show(request, None)
    told = {"problem": pages.messages_for(request).text("console.coach.over")}
    return JSONResponse(told, HTTPStatus.NOT_FOUND, NO_STORE)
