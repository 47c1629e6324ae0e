"""Resumable uploads over HTTP by tus 1.0.0: the core, creation, expiration and termination.

https://tus.io/protocols/resumable-upload
"""

import asyncio
import base64
import binascii
import functools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import PurePosixPath

from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from config.messages import Messages
from models.listing import ListingKey
from models.naming import plain_name
from models.store import StoreError
from models.upload import Upload, UploadGone, UploadMoved, UploadRefusal, UploadRefused
from processing.decode.limits import DecodeLimits
from storage.catalog.connection import CatalogError
from storage.catalog.reading import find_listing
from storage.catalog.uploads import begin_upload, read_upload
from web.console.new_words import NewWords
from web.console.pieces import Pieces

log = logging.getLogger(__name__)

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
MEDIA_TYPE = "application/offset+octet-stream"
MOST_BYTES = DecodeLimits().max_bytes
PIECE = 256 * 1024
"""Bytes that are held in memory of one request, and kept together."""
CRUMB = 16 * 1024
"""Bytes; what is left of a piece when the line is cut is kept from this size on."""
MOST_METADATA = 4096
"""Characters."""
KEY_CHARACTERS = 64
STATUS = {
    UploadRefusal.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UploadRefusal.NO_PHOTO: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    UploadRefusal.UNKNOWN_FORMAT: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    UploadRefusal.TOO_MANY_OPEN: HTTPStatus.TOO_MANY_REQUESTS,
    UploadRefusal.LINK_ENDED: HTTPStatus.NOT_FOUND,
    UploadRefusal.SELLER_GONE: HTTPStatus.NOT_FOUND,
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends photos, and whose."""

    by: str
    """What the audit knows the sender by."""
    seller: str
    listing: str
    """Empty: of any of the seller's."""
    may_add: Callable[[str], bool] | None = None
    """Whether photos of another listing may be sent too; ``None``: of none. Raises CatalogError."""


Gate = Callable[[Request], Awaitable[Sender]]
"""Says who a request comes from, or raises UploadRefused."""
Words = Callable[[Request], Messages]
"""Gives the texts in a request's language."""
Handler = Callable[[Request], Awaitable[Response]]


class _Wrong(Exception):
    """A request that is not as the protocol has it."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


def tus_routes(pieces: Pieces, gate: Gate, words: Words) -> APIRouter:
    """Return the address that uploads are created at, the router's own, and those of the uploads below it."""
    routes = APIRouter()
    counter = _Counter(pieces, gate, NewWords())
    for path, method, handler in (
        ("", "OPTIONS", counter.offer),
        ("", "POST", counter.create),
        ("/{upload}", "OPTIONS", counter.offer),
        ("/{upload}", "HEAD", counter.tell),
        ("/{upload}", "PATCH", counter.take),
        ("/{upload}", "DELETE", counter.end),
        ("/{upload}", "POST", counter.do_as_told),
    ):
        routes.add_api_route(path, _by_protocol(words, handler), methods=[method], response_class=Response)
    return routes


@dataclass(frozen=True, slots=True)
class _Counter:
    """Where photos are handed in."""

    pieces: Pieces
    gate: Gate
    new_words: NewWords

    async def offer(self, request: Request) -> Response:
        """Say what of the protocol is spoken."""
        await self.gate(request)
        about = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(MOST_BYTES)}
        return _answer(HTTPStatus.NO_CONTENT, about)

    async def create(self, request: Request) -> Response:
        """Begin an upload, or find the one that its sender has begun under the same key."""
        sender = await self.gate(request)
        size = _whole_number(request, "upload-length")
        if not 0 < size <= MOST_BYTES:
            raise UploadRefused(UploadRefusal.TOO_LARGE if size else UploadRefusal.EMPTY)
        told = _read_metadata(request.headers.get("upload-metadata", ""))
        replaces = told.get("replaces", "")
        # Where a photo is replaced, its listing is there already, and may have come by any name.
        listing = (told.get("listing", "") if replaces else plain_name(told.get("listing", ""))) or sender.listing
        if not listing or (replaces and sender.listing not in {"", listing}):
            raise UploadRefused(UploadRefusal.NO_PRODUCT)
        if sender.listing not in {"", listing}:
            if sender.may_add is None:
                raise UploadRefused(UploadRefusal.NO_PRODUCT)
            if not await asyncio.to_thread(sender.may_add, listing):
                raise UploadRefused(UploadRefusal.PRODUCT_TAKEN)
        sender_key = told.get("key", "")
        if not 0 < len(sender_key) <= KEY_CHARACTERS or "\0" in sender_key + listing + replaces:
            raise _Wrong(HTTPStatus.BAD_REQUEST)
        upload = await asyncio.to_thread(
            begin_upload,
            self.pieces.catalog,
            ListingKey(seller=sender.seller, listing=listing),
            sender_key=sender_key,
            stem=plain_name(PurePosixPath(told.get("filename", "").replace("\\", "/")).stem),
            size=size,
            by=sender.by,
            replaces=replaces or None,
        )
        if upload.size != size:
            raise _Wrong(HTTPStatus.CONFLICT)
        return _answer(HTTPStatus.CREATED, {"Location": f"{request.url.path}/{upload.id}"}, upload=upload)

    async def tell(self, request: Request) -> Response:
        """Say how far an upload has come; one that is whole is in its place by then."""
        upload = await self._find(request)
        if upload.is_whole:
            upload = await asyncio.to_thread(self.pieces.complete, upload)
        about = {"Upload-Length": str(upload.size), "Cache-Control": "no-store"}
        await self._have_worked_on(upload)
        return _answer(HTTPStatus.OK, about, upload=upload)

    async def take(self, request: Request) -> Response:
        """Keep what comes next of a photo."""
        upload = await self._find(request)
        if request.headers.get("content-type") != MEDIA_TYPE:
            raise _Wrong(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if _whole_number(request, "upload-offset") != upload.received:
            raise UploadMoved(upload.id)
        async for piece in _pieces(request, upload.size - upload.received):
            # Once begun it is ended, though the sender goes away meanwhile.
            upload = await asyncio.shield(asyncio.to_thread(self.pieces.keep, upload, piece))
        await self._have_worked_on(upload)
        return _answer(HTTPStatus.NO_CONTENT, upload=upload)

    async def end(self, request: Request) -> Response:
        """Give an upload up; a photo that is whole stays where it lies."""
        await asyncio.to_thread(self.pieces.clear, await self._find(request))
        return _answer(HTTPStatus.NO_CONTENT)

    async def do_as_told(self, request: Request) -> Response:
        """Do what a sender asks for whose network lets no other method through."""
        methods = {"HEAD": self.tell, "PATCH": self.take, "DELETE": self.end}
        method = methods.get(request.headers.get("x-http-method-override", ""))
        if method is None:
            raise _Wrong(HTTPStatus.METHOD_NOT_ALLOWED)
        return await method(request)

    async def _have_worked_on(self, upload: Upload) -> None:
        """Have a listing worked on, once, if a photo of it was replaced: nobody says then that it is complete."""
        if upload.replaces is not None and upload.file is not None:
            row = await asyncio.to_thread(find_listing, self.pieces.catalog, upload.key)
            if row is not None:
                self.new_words.arrived(row.key, row.version)

    async def _find(self, request: Request) -> Upload:
        return await find_upload(self.pieces, await self.gate(request), request.path_params["upload"])


async def find_upload(pieces: Pieces, sender: Sender, upload: str) -> Upload:
    """Return an upload that a sender may know of. Raises UploadGone for every other."""
    found = await asyncio.to_thread(read_upload, pieces.catalog, upload)
    listings = {"", found.key.listing}
    if found.key.seller != sender.seller or (sender.listing not in listings and found.by != sender.by):
        raise UploadGone(upload)
    return found


def _by_protocol(words: Words, handler: Handler) -> Handler:
    """Have what a handler raises answered as the protocol has it."""

    @functools.wraps(handler)
    async def answer(request: Request) -> Response:
        if request.method != "OPTIONS" and request.headers.get("tus-resumable") != VERSION:
            return _answer(HTTPStatus.PRECONDITION_FAILED, {"Tus-Version": VERSION})
        try:
            return await handler(request)
        except UploadRefused as refused:
            text = words(request).text(f"console.sellers.refused.{refused.refusal}")
            return _answer(STATUS.get(refused.refusal, HTTPStatus.FORBIDDEN), text=text)
        except (StoreError, CatalogError) as fault:
            log.warning("%s: %s", request.url.path, fault)
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "5"})
        except (_Wrong, UploadGone, UploadMoved) as other:
            return _answer(_status(other))

    return answer


def _status(fault: Exception) -> HTTPStatus:
    if isinstance(fault, _Wrong):
        return fault.status
    return HTTPStatus.NOT_FOUND if isinstance(fault, UploadGone) else HTTPStatus.CONFLICT


async def _pieces(request: Request, wanted: int) -> AsyncIterator[bytes]:
    """Yield a request's body in pieces; of a body that is cut off, all that came but a crumb.

    Raises UploadRefused for one that is longer than ``wanted`` bytes.
    """
    held = bytearray()
    try:
        async for chunk in request.stream():
            held += chunk
            wanted -= len(chunk)
            if wanted < 0:
                raise UploadRefused(UploadRefusal.TOO_LARGE)
            while len(held) >= PIECE:
                yield bytes(held[:PIECE])
                del held[:PIECE]
    except ClientDisconnect:
        if len(held) < CRUMB:
            return
    if held:
        yield bytes(held)


def _whole_number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > len(str(2**63)):
        raise _Wrong(HTTPStatus.BAD_REQUEST)
    return int(text)


def _read_metadata(header: str) -> dict[str, str]:
    """Return what a sender tells of a file: names, each with a value in base64, with commas between."""
    if len(header) > MOST_METADATA:
        raise _Wrong(HTTPStatus.BAD_REQUEST)
    told = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            raise _Wrong(HTTPStatus.BAD_REQUEST) from None
    return told


def _answer(
    status: HTTPStatus, headers: Mapping[str, str] | None = None, *, upload: Upload | None = None, text: str = ""
) -> Response:
    about = {"Tus-Resumable": VERSION, **(headers or {})}
    if upload is not None:
        about["Upload-Offset"] = str(upload.received)
        if upload.expires_at is not None and not upload.is_whole:
            about["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    return Response(text, status, about, media_type="text/plain" if text else None)
