"""The door: who asks, and whether she may."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, unquote, urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.routing import Match

from models.person import Person, Role
from storage.catalog.sessions import look_at_session, person_of_session
from web.console.desk import ConsoleDesk
from web.console.form import our_place
from web.console.pages import place_of
from web.console.session import session_of


class NotSignedIn(Exception):
    """Nobody is signed in where somebody must be."""

    def __init__(self, place: str, *, unsaved: bool = False) -> None:
        """Take where she wanted to go, or came from; ``unsaved``: she has sent something, which is lost."""
        super().__init__(place)
        self.place = place
        self.unsaved = unsaved

    @property
    def sign_in(self) -> str:
        """Where she signs in, and is led on from."""
        return f"/sign-in?next={quote(self.place)}{'&unsaved=1' if self.unsaved else ''}"


def signed_in(request: Request) -> Person:
    """Return who asks. Raises NotSignedIn, which leads a person to the sign-in page; CatalogError."""
    person = recognise(request)
    if person is None and request.method == "GET":
        raise NotSignedIn(place_of(request))
    if person is None:
        raise NotSignedIn(_came_from(request), unsaved=True)
    return person


def _came_from(request: Request) -> str:
    """Return our page that a form was sent from, if a browser names one that can be asked for, else the start."""
    try:
        page = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/"
    asked = {**request.scope, "method": "GET", "path": unquote(page.path)}
    routes = request.app.router.routes
    if page.netloc != request.headers.get("host") or all(
        route.matches(asked)[0] is not Match.FULL for route in routes
    ):
        return "/"
    return our_place(page._replace(scheme="", netloc="", fragment="").geturl())


def recognise(request: Request) -> Person | None:
    """Return who is signed in, if anybody is, and have the page that answers know it. Raises CatalogError."""
    desk: ConsoleDesk = request.app.state.desk
    secret = session_of(request)
    person = person_of_session(desk.catalog, secret) if secret else None
    request.state.person = person
    return person


def stays(request: Request, person: Person) -> Callable[[], bool]:
    """Return what tells whether she is still signed in as she was; to ask does not use her session.

    For what goes on being told after it was asked for. It raises CatalogError.
    """
    desk: ConsoleDesk = request.app.state.desk
    secret = session_of(request)
    return lambda: secret is not None and look_at_session(desk.catalog, secret) == person


SignedIn = Annotated[Person, Depends(signed_in)]
"""The type of a route's parameter that is given who asks."""


def allowed(*roles: Role) -> Callable[[Person], Person]:
    """Return a dependency that gives who asks if she has one of ``roles``, and raises HTTPException 403 else."""

    def check(person: SignedIn) -> Person:
        if person.role not in roles:
            raise HTTPException(HTTPStatus.FORBIDDEN)
        return person

    return check
