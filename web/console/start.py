"""The start page, which leads each person to her work."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from models.person import Role
from web.console.auth import SignedIn
from web.console.context import ConsoleContext

WORK = {Role.TRAINER: "/sellers", Role.REVIEWER: "/review", Role.ADMINISTRATOR: "/people"}


def start_routes(context: ConsoleContext) -> APIRouter:
    """Return the start page."""
    routes = APIRouter()

    @routes.get("/")
    def lead_on(person: SignedIn) -> Response:
        """Lead a person to what she does here."""
        return RedirectResponse(WORK[person.role], HTTPStatus.SEE_OTHER)

    return routes
