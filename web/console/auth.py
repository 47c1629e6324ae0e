"""Authentication and authorization: dependencies that give the person who asks, and check her role."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, unquote, urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.routing import Match

from models.person import Person
from storage.catalog.sessions import look_at_session, person_of_session
from web.console.context import ConsoleContext
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
    context: ConsoleContext = request.app.state.context
    secret = session_of(request)
    person = person_of_session(context.catalog, secret) if secret else None
    request.state.person = person
    return person


def stays(request: Request, person: Person) -> Callable[[], bool]:
    """Return what tells whether she is still signed in as she was; to ask does not use her session.

    For what goes on being told after it was asked for. It raises CatalogError.
    """
    context: ConsoleContext = request.app.state.context
    secret = session_of(request)
    return lambda: secret is not None and look_at_session(context.catalog, secret) == person


SignedIn = Annotated[Person, Depends(signed_in)]
"""The type of a route's parameter that is given who asks."""


def require_host(person: SignedIn) -> Person:
    """Return who asks if she may receive sellers. Raises HTTPException 403 else."""
    return _permitted(person, person.may_receive_sellers)


def require_reviewer(person: SignedIn) -> Person:
    """Return who asks if she may review. Raises HTTPException 403 else."""
    return _permitted(person, person.may_review)


def require_administrator(person: SignedIn) -> Person:
    """Return who asks if she may let people in. Raises HTTPException 403 else."""
    return _permitted(person, person.may_administer)


Host = Annotated[Person, Depends(require_host)]
"""The type of a route's parameter that is given who asks, where only those who receive sellers may."""
Reviewer = Annotated[Person, Depends(require_reviewer)]
"""The same, where only those may who see all centres."""
Administrator = Annotated[Person, Depends(require_administrator)]
"""The same, where only those may who let people in."""


def _permitted(person: Person, permitted: bool) -> Person:
    if not permitted:
        raise HTTPException(HTTPStatus.FORBIDDEN)
    return person
