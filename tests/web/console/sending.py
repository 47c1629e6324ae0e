"""Who sends photos by tus in tests: small, exact, and able to be cut off in the middle of a piece."""

import asyncio
import base64
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from httpx import Response

from config.messages import load_messages
from models.seller import Enrolment
from models.store import ObjectStore
from storage.catalog import Catalog, open_catalog
from storage.catalog.sellers import enrol_seller
from storage.object_store.opening import open_store
from tests.photo_files import textured, written
from web.console.pieces import Pieces
from web.console.tus import MEDIA_TYPE, Sender, tus_routes

TUS = {"tus-resumable": "1.0.0"}
PHOTO = written(textured(640, 480), "JPEG", quality=95)


def encode_about(about: Mapping[str, str]) -> str:
    """Return what is told of a file as the protocol writes it."""
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in about.items())


@dataclass
class Line:
    """A seller's phone and the server that it reaches."""

    app: FastAPI
    client: TestClient
    store: ObjectStore
    catalog: Catalog
    pieces: Pieces

    def create(self, data: bytes = PHOTO, *, length: int | None = None, **about: str) -> Response:
        """Begin an upload."""
        about = {"filename": "depan.jpg", "listing": "tampah", "key": "k1"} | about
        told = encode_about(about)
        size = str(len(data) if length is None else length)
        return self.client.post("/up", headers={**TUS, "upload-length": size, "upload-metadata": told})

    def begin(self, data: bytes = PHOTO, **about: str) -> str:
        """Begin an upload and return its address."""
        answer = self.create(data, **about)
        assert answer.status_code == 201, answer.text
        return answer.headers["location"]

    def offset(self, place: str) -> int:
        """Ask how far an upload is."""
        answer = self.client.head(place, headers=TUS)
        assert answer.status_code == 200
        return int(answer.headers["upload-offset"])

    def patch(self, place: str, offset: int, data: bytes, **headers: str) -> Response:
        """Send a piece."""
        sent = {**TUS, "content-type": MEDIA_TYPE, "upload-offset": str(offset), **headers}
        return self.client.patch(place, headers=sent, content=data)

    def cut(self, place: str, offset: int, data: bytes) -> None:
        """Send a piece, and lose the line before it has ended."""
        headers = {**TUS, "content-type": MEDIA_TYPE, "upload-offset": str(offset), "content-length": "99999999"}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "PATCH",
            "scheme": "http",
            "path": place,
            "raw_path": place.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        heard = iter([{"type": "http.request", "body": data, "more_body": True}, {"type": "http.disconnect"}])

        async def receive() -> MutableMapping[str, Any]:
            return next(heard)

        async def send(message: MutableMapping[str, Any]) -> None:
            """Nobody hears the answer."""

        asyncio.run(self.app(scope, receive, send))

    def send(self, data: bytes = PHOTO, **about: str) -> str:
        """Send a photo whole and return its address."""
        place = self.begin(data, **about)
        answer = self.patch(place, 0, data)
        assert answer.status_code == 204, answer.text
        return place

    @property
    def arrived(self) -> dict[str, bytes]:
        """What lies where photos lie."""
        return {found.key: self.store.get(found.key) for found in self.store.list("raw/")}

    @property
    def left(self) -> list[str]:
        """The keys of pieces."""
        return [found.key for found in self.store.list("uploads/")]


@contextmanager
def open_line(store_url: str, catalog_url: str, sender: Sender | None = None) -> Iterator[Line]:
    """Give a line to a server that knows the seller ``bu-ani``."""
    store, catalog = open_store(store_url), open_catalog(catalog_url)
    enrol_seller(catalog, Enrolment(name="Bu Ani"), by="sari")
    who = sender or Sender(by="sari", seller="bu-ani", listing="")
    pieces = Pieces(store, catalog)

    async def gate(request: Request) -> Sender:
        return who

    app = FastAPI()
    app.include_router(tus_routes(pieces, gate, lambda request: load_messages("id")), prefix="/up")
    with TestClient(app) as client:
        yield Line(app, client, store, catalog, pieces)
    catalog.close()


def urls(folder: Path) -> tuple[str, str]:
    """Return where a store and a catalog may lie in a folder."""
    return f"file:{folder / 'store'}", f"sqlite:///{folder / 'catalog.sqlite'}"
