"""Correcting a photo's cut-out by strokes: tried first, and kept under the person's name."""

import asyncio
import logging
from http import HTTPStatus
from typing import Annotated, TypeVar

from annotated_types import Ge
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from flows.photo_process import ProcessGone
from flows.stroke_preview import Trial
from models.person import Person
from models.photo import PhotoKey
from models.store import StoreError
from models.strokes import CorrectionConflict, Strokes
from models.value import Value
from storage.catalog.corrections import correct_cutout
from storage.catalog.reading import ListingRow
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn
from web.console.form import READ_SECONDS
from web.console.new_words import NewWords
from web.console.sight import row_to_see
from web.ingest.reading import parse_json, read_body

log = logging.getLogger(__name__)

NO_STORE = {"cache-control": "no-store"}


class StrokesTried(Value):
    """What a person has drawn so far."""

    strokes: Strokes


class StrokesKept(StrokesTried):
    """What is to stand."""

    seen: Annotated[int, Ge(0)]
    """The number of the correction that she went on from, 0 where there was none."""


Sent = TypeVar("Sent", bound=StrokesTried)


def stroke_routes(desk: ConsoleDesk) -> APIRouter:
    """Return where strokes are tried, and where they are kept."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}/photos/{sha256}/strokes")
    new_strokes = NewWords()

    @routes.post("/preview")
    async def look(request: Request, person: SignedIn, seller: str, listing: str, sha256: str) -> Response:
        """Show what the strokes come to: the photo, transparent where the product is not; 503 if not now."""
        sent = await _read(request, StrokesTried)
        _, key = await asyncio.to_thread(_photo_to_see, desk, person, seller, listing, sha256)
        try:
            seen = await desk.first_look_pool.try_strokes(Trial(key, sha256, sent.strokes))
        except (ProcessGone, StoreError) as fault:
            log.warning("%s could not be cut out: %s", key.raw, fault)
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from fault
        if seen is None:
            return _refuse(desk, request, "gone", HTTPStatus.CONFLICT)
        if seen.empty:
            return _refuse(desk, request, "empty", HTTPStatus.UNPROCESSABLE_ENTITY)
        return Response(seen.webp, media_type="image/webp", headers=NO_STORE)

    @routes.post("")
    async def keep(request: Request, person: SignedIn, seller: str, listing: str, sha256: str) -> Response:
        """Keep the strokes, and have the listing worked on again."""
        sent = await _read(request, StrokesKept)
        row, _ = await asyncio.to_thread(_photo_to_see, desk, person, seller, listing, sha256)
        try:
            version = await asyncio.to_thread(
                correct_cutout, desk.catalog, row.key, sha256, sent.strokes, by=person.name, seen=sent.seen
            )
        except CorrectionConflict as conflict:
            return _refuse(desk, request, "conflict", HTTPStatus.CONFLICT, by=conflict.newer.by)
        except LookupError:
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        if version != row.version:
            new_strokes.arrived(row.key, version)
        return JSONResponse({"version": version}, headers=NO_STORE)

    return routes


async def _read(request: Request, kind: type[Sent]) -> Sent:
    """Return what was sent. Raises HTTPException 422 for anything else, and what :func:`read_body` raises."""
    try:
        return kind.model_validate(parse_json(await read_body(request, seconds=READ_SECONDS)))
    except ValidationError:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from None


def _photo_to_see(
    desk: ConsoleDesk, person: Person, seller: str, listing: str, sha256: str
) -> tuple[ListingRow, PhotoKey]:
    """Return a listing and which of its photos has these bytes. Raises HTTPException 404 as its page does."""
    row = row_to_see(desk.catalog, person, seller, listing)
    for photo in row.result.finished if row.result else ():
        if photo.sha256 == sha256:
            return row, row.key.photo(photo.file)
    raise HTTPException(HTTPStatus.NOT_FOUND)


def _refuse(desk: ConsoleDesk, request: Request, problem: str, status: HTTPStatus, **values: str) -> Response:
    told = desk.pages.messages_for(request).text(f"console.strokes.{problem}", **values)
    return JSONResponse({"problem": told}, status, NO_STORE)
