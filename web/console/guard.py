"""Middleware that refuses forged requests, and sets the security headers of every answer."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import Request, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNED = "/ingest/"
"""What comes here carries a proof of its own, and no cookie."""
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' blob:",  # a photo in its page before it is sent
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # With no-referrer a browser would say "Origin: null" of our own forms.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-resource-policy": "same-origin",
}
BEHIND_TLS = {
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",
}
"""Over plain HTTP, as in the room, browsers pass these over, and complain."""


class Guard:
    """Refuses what no page of ours asks for, and sets the headers of every answer.

    That is what another site has a browser send, with 403; and with 404 an address with the sign 0 in it, which no
    name has, and no text that PostgreSQL takes.
    """

    def __init__(self, app: ASGIApp, refuse: Callable[[Request, HTTPStatus], Response]) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                guard_answer(MutableHeaders(scope=message), scope["scheme"])
            await send(message)

        status = status_of_refusal(scope)
        answer = self._refuse(Request(scope), status) if status else self._app
        await answer(scope, receive, send_guarded)


def status_of_refusal(scope: Scope) -> HTTPStatus | None:
    """Return with what a request is refused before anybody reads it; ``None`` for what is passed on."""
    if "\0" in scope["path"] or b"%00" in scope["query_string"]:
        return HTTPStatus.NOT_FOUND
    if scope["method"] in SAFE or scope["path"].startswith(SIGNED) or is_ours(Headers(scope=scope)):
        return None
    return HTTPStatus.FORBIDDEN


def is_ours(headers: Headers) -> bool:
    """Return whether a browser says that one of our own pages has sent a request.

    ``Origin`` comes with every request that is no GET; over plain HTTP it is all that there is. What says neither
    is no browser of today, and is refused too.
    """
    origin, host = headers.get("origin"), headers.get("host")
    if origin is not None:
        # TLS may end before us.
        return bool(host) and origin in {f"http://{host}", f"https://{host}"}
    return headers.get("sec-fetch-site") == "same-origin"


def guard_answer(headers: MutableHeaders, scheme: str) -> None:
    """Set what every answer carries, unless its route has said otherwise."""
    for name, value in (HEADERS | BEHIND_TLS if scheme == "https" else HEADERS).items():
        headers.setdefault(name, value)
