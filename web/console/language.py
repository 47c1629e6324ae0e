"""The switch between languages, kept in the browser."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from web.console.context import ConsoleContext
from web.console.form import Form, our_place
from web.console.pages import LANGUAGE_COOKIE, LANGUAGES

YEAR = 365 * 24 * 3600
"""In s."""


def language_routes(context: ConsoleContext) -> APIRouter:
    """Return the address of the switch, which anybody may use."""
    routes = APIRouter()

    @routes.post("/language")
    async def switch(request: Request, form: Form) -> Response:
        """Remember the language, and go back to where the switch was used."""
        answer = RedirectResponse(our_place(form.get("next", "/")), HTTPStatus.SEE_OTHER)
        if form.get("language") in LANGUAGES:
            secure = request.url.scheme == "https"
            answer.set_cookie(
                LANGUAGE_COOKIE, form["language"], max_age=YEAR, httponly=True, samesite="lax", secure=secure
            )
        return answer

    return routes
