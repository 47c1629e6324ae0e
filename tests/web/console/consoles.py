"""A console in a new installation, and people who are signed in there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from config.settings import Settings
from models.person import NameTaken, Person, Role
from models.store import ObjectStore
from storage.catalog import Catalog
from storage.catalog.links import make_link, use_link
from storage.catalog.people import add_person
from tests.servers.ports import free_port
from web.console.context import ConsoleContext
from web.console.session import PLAIN

CENTRE = "Balai Sukamaju"
START_SECONDS = 60
COOKIE_DOMAIN = "testserver.local"
"""Where Python's cookie jar keeps what ``testserver``, a name without a dot, has set."""


@dataclass(frozen=True, slots=True)
class Console:
    """The application, with the catalog and the store that it uses."""

    app: FastAPI
    address: str = ""
    """Where it is reached, if it runs: ``http://127.0.0.1:PORT``."""

    @property
    def context(self) -> ConsoleContext:
        context: ConsoleContext = self.app.state.context
        return context

    @property
    def catalog(self) -> Catalog:
        return self.context.catalog

    @property
    def store(self) -> ObjectStore:
        return self.context.store

    @property
    def settings(self) -> Settings:
        return self.context.settings

    def begin_session(self, name: str, role: Role, centre: str = "", *, password: str = "no hash") -> str:
        """Return the cookie's value of a new session; an account that is not there is made."""
        person = Person(name=name, role=role, centre=centre or (CENTRE if role is Role.TRAINER else ""))
        with suppress(NameTaken):
            add_person(self.catalog, person, by="tests")
        session = use_link(self.catalog, make_link(self.catalog, name, by="tests"), password)
        assert session
        return session

    def client(self, session: str | None = None, *, origin: str | None = "http://testserver") -> TestClient:
        """Return a browser without scripts, which follows no redirect; ``session`` is the cookie's value."""
        headers = {"accept": "text/html", **({"origin": origin} if origin else {})}
        client = TestClient(self.app, headers=headers, follow_redirects=False, raise_server_exceptions=False)
        if session:
            client.cookies.set(PLAIN, session, domain=COOKIE_DOMAIN)
        return client

    def signed_in(self, name: str, role: Role, centre: str = "") -> TestClient:
        """Return such a browser in which somebody is signed in."""
        return self.client(self.begin_session(name, role, centre))


@contextmanager
def running(app: FastAPI, host: str = "127.0.0.1") -> Iterator[Console]:
    """Give the console as it runs in use, in a thread of its own, while the block lasts."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="warning"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        assert thread.is_alive() and time.monotonic() < deadline, "the application does not start"
        time.sleep(0.02)
    try:
        yield Console(app, f"http://{host}:{port}")
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)
