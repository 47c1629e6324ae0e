"""What is said of a photo at once, as soon as it has arrived."""

import asyncio
import logging
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse

from config.messages import Messages
from config.score import load_score_weights
from flows.first_look import FirstLookPool
from flows.photo_process import ProcessGone
from models.photo import FirstLook, SetAside
from models.store import StoreError
from models.upload import UploadGone, UploadRefused
from processing.advise import find_advice
from storage.catalog.takes import note_look
from web.console.pieces import Pieces
from web.console.tus import Gate, Words, find_upload

log = logging.getLogger(__name__)

MOST_KEPT = 1000
"""Looks that are remembered: who asks again does not have a photo looked at again."""


def first_look_routes(first_look_pool: FirstLookPool, pieces: Pieces, gate: Gate, words: Words) -> APIRouter:
    """Return the address below each upload at which it is said what the photo looks like."""
    routes = APIRouter()
    kept: dict[str, FirstLook | SetAside] = {}

    @routes.get("/{upload}/look")
    async def look(request: Request, upload: str) -> JSONResponse:
        """Look at a photo that has arrived; 404 for any other, 503 where it cannot be looked at now."""
        try:
            found = await find_upload(pieces, await gate(request), upload)
        except (UploadRefused, UploadGone):
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        if found.file is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if upload not in kept:
            key = found.key.photo(found.file)
            try:
                seen = await first_look_pool.look(key)
            except (ProcessGone, StoreError) as fault:
                log.warning("%s could not be looked at: %s", key.raw, fault)
                raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from fault
            if len(kept) >= MOST_KEPT:
                kept.clear()
            kept[upload] = seen
            if found.replaces is not None:
                await asyncio.to_thread(note_look, pieces.catalog, key, seen)
        return JSONResponse(say(kept[upload], words(request)), headers={"cache-control": "no-store"})

    return routes


def say(seen: FirstLook | SetAside, messages: Messages) -> dict[str, str | bool]:
    """Return the one thing to say to a seller, and whether there is nothing for her to do.

    What we expect to mend is not called good: whether that will do is known after the work.
    """
    if isinstance(seen, SetAside):
        return {"good": False, "says": messages.text(f"rejection.{seen.reason}.advice")}
    found = find_advice(seen.defects, seen.doubts, load_score_weights(), trusted=seen.trusted)
    if found and not found[0].ours:
        return {"good": False, "says": messages.text(f"{found[0].section}.advice")}
    return {"good": True, "says": messages.text(f"console.sellers.upload.{'ours' if found else 'good'}")}
