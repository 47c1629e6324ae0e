"""The page of a one-time link, where a person chooses her password and is signed in."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from storage.catalog.links import invited_by, use_link
from web.console.context import ConsoleContext
from web.console.form import Form
from web.console.password import FEWEST, Weakness, hash_password, weakness_of
from web.console.session import keep_session
from web.console.sign_in import AT_ONCE

PAGE, GONE = "console/welcome.html.jinja", "console/link_gone.html.jinja"


def welcome_routes(context: ConsoleContext) -> APIRouter:
    """Return the page to which a link leads. Looking at it, as messengers do, does not use the link up."""
    routes = APIRouter(prefix="/welcome")

    def show(request: Request, name: str, weakness: Weakness | None) -> Response:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if weakness else HTTPStatus.OK
        return context.pages.show(request, PAGE, status=status, name=name, weakness=weakness, fewest=FEWEST)

    def say_gone(request: Request) -> Response:
        return context.pages.show(request, GONE, status=HTTPStatus.GONE)

    @routes.get("/{secret}")
    def ask_for_password(request: Request, secret: str) -> Response:
        """Greet the person, and ask for a password."""
        person = invited_by(context.catalog, secret)
        return show(request, person.name, None) if person else say_gone(request)

    @routes.post("/{secret}")
    def choose_password(request: Request, secret: str, form: Form) -> Response:
        """Keep the password, use the link up, and let her in."""
        person = invited_by(context.catalog, secret)
        if person is None:
            return say_gone(request)
        password = form.get("password", "")
        if weakness := weakness_of(password, form.get("again", ""), person.name):
            return show(request, person.name, weakness)
        with AT_ONCE:
            kept = hash_password(password)
        session = use_link(context.catalog, secret, kept)
        if session is None:
            return say_gone(request)
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        keep_session(request, answer, session)
        return answer

    return routes
