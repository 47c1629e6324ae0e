"""Middleware that counts and times requests by route: an address would tell of sellers."""

import time

from prometheus_client import CollectorRegistry, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""In s; 0.3 is what a page may take with twenty sellers in the room."""
METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
OTHER = "other"
UNMATCHED = "unmatched"
"""The route of what is answered before or without one."""


class Measured:
    """Takes the time of each request until its answer begins: what is sent bit by bit may last an hour."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        self._taken = Histogram(
            "etalase_http_request_seconds",
            "Seconds until the answer to a request began, by method, route and status",
            ("method", "route", "status"),
            buckets=BUCKETS,
            registry=registry,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and take down how it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        answered = False

        async def send_measured(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                self._note(scope, str(message["status"]), began)
            await send(message)

        try:
            await self._app(scope, receive, send_measured)
        except Exception:
            if not answered:
                self._note(scope, "500", began)
            raise

    def _note(self, scope: Scope, status: str, began: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else OTHER
        route = getattr(scope.get("route"), "path", UNMATCHED)
        self._taken.labels(method, route, status).observe(time.perf_counter() - began)
