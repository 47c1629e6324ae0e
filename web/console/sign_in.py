"""In and out, with name and password."""

from http import HTTPStatus
from threading import BoundedSemaphore
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from storage.catalog.sessions import end_session
from storage.catalog.sign_in_tries import TooManyTries
from storage.catalog.sign_ins import begin_sign_in, finish_sign_in, refuse_sign_in
from web.console.desk import ConsoleDesk
from web.console.form import Form, our_place
from web.console.password import is_right
from web.console.session import address_of, drop_session, keep_session, session_of

AT_ONCE = BoundedSemaphore(2)
"""Passwords that are looked at: each takes 19 MiB and a whole core for a tenth of a second."""


def sign_in_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the sign-in page, and the way out."""
    routes = APIRouter()

    @routes.get("/sign-in")
    def show_door(request: Request, next: str = "/", unsaved: str = "") -> Response:
        """Ask for name and password; ``unsaved`` where a form has come after its session had ended."""
        return desk.pages.show(
            request,
            "console/sign_in.html.jinja",
            next=our_place(next),
            name="",
            refusal=None,
            unsaved=bool(unsaved),
        )

    @routes.post("/sign-in")
    def sign_in(request: Request, form: Form) -> Response:
        """Let a person in, and lead her on; a wrong name, a wrong password and a locked account are one answer."""
        name, place = form.get("name", "").strip().lower(), our_place(form.get("next", "/"))
        try:
            session = _let_in(desk, request, name, form.get("password", ""))
            refusal, status = "wrong", HTTPStatus.FORBIDDEN
        except TooManyTries:
            session, refusal, status = None, "too_many", HTTPStatus.TOO_MANY_REQUESTS
        if session is None:
            return desk.pages.show(
                request,
                "console/sign_in.html.jinja",
                status=status,
                place=f"/sign-in?next={quote(place)}",
                next=place,
                name=name,
                refusal=refusal,
                unsaved=False,
            )
        answer = RedirectResponse(place, HTTPStatus.SEE_OTHER)
        keep_session(request, answer, session)
        return answer

    @routes.post("/sign-out")
    def sign_out(request: Request) -> Response:
        """End the session of this browser."""
        if secret := session_of(request):
            end_session(desk.catalog, secret)
        answer = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
        drop_session(request, answer)
        return answer

    return routes


def _let_in(desk: ConsoleDesk, request: Request, name: str, password: str) -> str | None:
    """Return the secret of a new session, or ``None`` for who is not let in. Raises TooManyTries."""
    address = address_of(request)
    kept = begin_sign_in(desk.catalog, name, address)
    with AT_ONCE:
        right = is_right(kept, password)
    if right and kept is not None:
        return finish_sign_in(desk.catalog, name, address, password=kept, former=session_of(request))
    refuse_sign_in(desk.catalog, name, address)
    return None
