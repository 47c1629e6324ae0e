"""Renders pages from templates, in the language of who asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from config.messages import Language, Messages, load_messages
from models.person import Person
from web.console.static_files import StaticFiles
from web.templating import open_templates

LANGUAGE_COOKIE = "language"
LANGUAGES: tuple[Language, ...] = get_args(Language)
NAVIGATION: dict[str, tuple[str, Callable[[Person], bool]]] = {
    "class": ("/class", lambda person: True),
    "sellers": ("/sellers", lambda person: True),
    "review": ("/review", lambda person: person.may_review),
    "operations": ("/operations", lambda person: person.may_review),
    "people": ("/people", lambda person: person.may_administer),
}
"""What the head of each page leads to, and whom."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A link in the head of a page."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """All templates of the console."""

    static_files: StaticFiles
    fallback: Language
    """For who has not chosen a language."""

    def show(
        self, request: Request, template: str, *, status: int = 200, place: str | None = None, **values: object
    ) -> HTMLResponse:
        """Return a page; ``place`` is where it can be asked for again, if not at the request's own address.

        A template is given ``text(key, ...)`` in the page's language, ``asset(name)``, ``language``, ``person``
        (``None`` where nobody is signed in) and ``destinations`` besides ``values``.
        """
        messages = self.messages_for(request)
        person = person_of(request)
        content = (
            open_templates()
            .get_template(template)
            .render(
                text=messages.text,
                asset=self.static_files.address,
                language=messages.language,
                languages=LANGUAGES,
                place=place or place_of(request),
                person=person,
                destinations=tuple(_destinations(request, person)),
                **values,
            )
        )
        # A page is about the person who looks at it: nobody keeps it for the next one at the same laptop.
        return HTMLResponse(content, status, {"cache-control": "no-store", "content-language": messages.language})

    def messages_for(self, request: Request) -> Messages:
        """Return the texts in the language that was chosen in this browser."""
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        return load_messages(chosen if chosen in LANGUAGES else self.fallback)


def person_of(request: Request) -> Person | None:
    """Return who is signed in, as far as the route has asked."""
    person: Person | None = getattr(request.state, "person", None)
    return person


def place_of(request: Request) -> str:
    """Return where a person is led back to, as an address has it: what was asked for, without what a form sent."""
    path = quote(request.scope["path"])
    if request.method != "GET" or not request.query_params:
        return path
    return f"{path}?{urlencode(request.query_params.multi_items())}"


def _destinations(request: Request, person: Person | None) -> Iterator[Destination]:
    for name, (address, is_for) in NAVIGATION.items():
        if person is not None and is_for(person):
            path = request.url.path
            yield Destination(name, address, path == address or path.startswith(f"{address}/"))
