"""The class: all sellers of a centre with whom something goes on today, on the wall or on the trainer's laptop."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response

from config.messages import Messages
from config.waits import wait_section
from models.class_day import ClassDay, RoomMistake, SellerStanding, Standing, Turn
from models.person import Person, Role
from processing.class_day import has_photos, room_mistake, standings_of
from storage.catalog.class_view import read_class
from storage.catalog.connection import Catalog
from storage.catalog.people import centres
from web.console.auth import SignedIn
from web.console.context import ConsoleContext
from web.console.drawings import drawing_of

MOST_PRODUCTS = 4
"""Of one seller, on her card."""
LOOKS = {
    Turn.TRAINER: "bad",
    Turn.SELLER: "warn",
    Turn.ARRIVING: "here",
    Turn.WORK: "here",
    Turn.PUBLISHED: "good",
}
"""How a badge is coloured."""
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class as it is shown."""

    day: ClassDay
    standings: tuple[SellerStanding, ...]
    counts: dict[Turn, int]
    """Sellers by whose turn it is, without those of none."""
    mistake: RoomMistake | None
    has_photos: bool


def class_routes(context: ConsoleContext) -> APIRouter:
    """Return the class's page, and what changes on it by itself."""
    routes = APIRouter(prefix="/class")

    @routes.get("")
    def show(request: Request, person: SignedIn, centre: str = "") -> Response:
        """Show the class of today; who has no centre of her own chooses one."""
        known = centre_to_see(context.catalog, person, centre)
        choices = centres(context.catalog) if person.role is not Role.TRAINER else ()
        return context.pages.show(
            request, "console/class.html.jinja", choices=choices, **_values(context, request, person, known)
        )

    @routes.get("/now")
    def show_now(request: Request, person: SignedIn, centre: str = "") -> Response:
        """Show what is on it now by itself, or 304 while that is what was shown before."""
        known = centre_to_see(context.catalog, person, centre)
        values = _values(context, request, person, known)
        answer = context.pages.show(request, "console/class_room.html.jinja", **values)
        mark = f'"{hashlib.sha256(bytes(answer.body)).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"etag": mark})
        answer.headers["etag"] = mark
        return answer

    return routes


def centre_to_see(catalog: Catalog, person: Person, asked: str) -> str:
    """Return whose class is shown: the trainer's own, or the one that was asked for; empty for none.

    Where there is only one centre, it is that. Raises HTTPException 404 for a trainer who asks for another's.
    """
    if person.centre and asked not in {"", person.centre}:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if person.centre or asked:
        return person.centre or asked
    known = centres(catalog)
    return known[0] if len(known) == 1 else ""


def _values(context: ConsoleContext, request: Request, person: Person, centre: str) -> dict[str, Any]:
    messages = context.pages.messages_for(request)
    room = view_class(context.catalog, centre) if centre else None

    def ago(moment: datetime | None) -> str:
        return say_ago(room.day.now - moment, messages) if room and moment else ""

    return {
        "centre": centre,
        "query": f"?centre={quote(centre, safe='')}",
        "room": room,
        "ago": ago,
        "say": lambda standing: say_what(standing, messages),
        "looks": LOOKS,
        "most": MOST_PRODUCTS,
        "enrols": person.may_receive_sellers,
        "drawing_of": drawing_of,
    }


def view_class(catalog: Catalog, centre: str) -> ClassView:
    """Return a centre's class of today. Raises CatalogError."""
    day = read_class(catalog, centre)
    standings = standings_of(day)
    turns = [each.turn for each in standings]
    counts = {turn: turns.count(turn) for turn in Turn if turn in turns}
    return ClassView(day, standings, counts, room_mistake(day), has_photos(day))


def say_what(standing: Standing, messages: Messages) -> str:
    """Return what is to be done about a product, in one sentence; empty where nobody has to do anything."""
    if standing.word:
        return standing.word
    if standing.turn is Turn.SELLER and standing.wait:
        return messages.text(f"{wait_section(standing.wait)}.advice")
    if standing.turn is Turn.TRAINER and standing.failed:
        return messages.text("console.class.failed")
    if standing.turn is Turn.TRAINER and standing.wait:
        return messages.text(f"{wait_section(standing.wait)}.title")
    return messages.text("console.class.approve") if standing.turn is Turn.TRAINER else ""


def say_ago(time: timedelta, messages: Messages) -> str:
    """Return for how long something has been so, as one says it: the largest unit that there is."""
    for unit, name in ((DAY, "days"), (HOUR, "hours"), (MINUTE, "minutes")):
        if time >= unit:
            return messages.text(f"console.class.ago.{name}", count=time // unit)
    return messages.text("console.class.ago.now")
