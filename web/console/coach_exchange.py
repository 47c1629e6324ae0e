"""Posting remarks and switching pictures in a coaching session."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from models.coaching import (
    MOST_LETTERS,
    MOST_NAME,
    CoachingOver,
    CoachRefusal,
    CoachRefused,
    Saying,
    Shown,
    one_line,
)
from storage.catalog.coach_words import say, turn_to
from storage.catalog.reading import find_listing
from web.console.coach_participant import NO_STORE, Participant, ParticipantGate, Show, tell_over
from web.console.coach_view import rendition_of, tell_remark
from web.console.context import ConsoleContext
from web.console.error_pages import wants_page
from web.console.form import Form

STATUS = {CoachRefusal.TOO_FAST: HTTPStatus.TOO_MANY_REQUESTS, CoachRefusal.TOO_MANY: HTTPStatus.CONFLICT}
"""Of the others, 422."""


def exchange_routes(context: ConsoleContext, gate: ParticipantGate, show: Show) -> APIRouter:
    """Return where one side speaks and turns."""
    routes = APIRouter()
    messages_for = context.pages.messages_for

    def refuse(
        request: Request, participant: Participant, form: Mapping[str, str], refusal: CoachRefusal
    ) -> Response:
        status = STATUS.get(refusal, HTTPStatus.UNPROCESSABLE_ENTITY)
        if wants_page(request):
            typed = {"name": one_line(form.get("name", "")), "word": form.get("word", "")}
            return show(request, participant, **typed, wrong=refusal, status=status)
        told = messages_for(request).text(f"console.coach.refused.{refusal}")
        return JSONResponse({"problem": told, "refusal": refusal}, status, NO_STORE)

    @routes.post("/words")
    async def take(request: Request, form: Form) -> Response:
        """Keep a remark; a page's form without words only shows what is new."""
        try:
            participant = await gate(request)
            if wants_page(request) and not one_line(form.get("word", "")):
                return await asyncio.to_thread(show, request, participant, name=one_line(form.get("name", "")))
            try:
                saying = read_saying(participant, form)
                if saying.spot is not None:
                    await asyncio.to_thread(_see_that_it_is_there, context, participant, saying.spot.shown)
                remark = await asyncio.to_thread(say, context.catalog, participant.link, saying)
            except CoachRefused as refused:
                return await asyncio.to_thread(refuse, request, participant, form, refused.refusal)
            if wants_page(request):
                return await asyncio.to_thread(show, request, participant, name=saying.name)
        except CoachingOver:
            return tell_over(context.pages, show, request)
        return JSONResponse(
            {"remark": tell_remark(remark, participant.side, messages_for(request))}, headers=NO_STORE
        )

    @routes.post("/turn")
    async def turn(request: Request, form: Form) -> Response:
        """Turn both sides to a picture."""
        try:
            participant = await gate(request)
            shown = _read_shown(form)
            await asyncio.to_thread(_see_that_it_is_there, context, participant, shown)
            number = await asyncio.to_thread(turn_to, context.catalog, participant.link, shown)
        except CoachingOver:
            return tell_over(context.pages, show, request)
        return JSONResponse({"shown": {**shown.model_dump(), "turn": number}}, headers=NO_STORE)

    return routes


def read_saying(participant: Participant, form: Mapping[str, str]) -> Saying:
    """Return what a form says. Raises CoachRefused; HTTPException 422 if it is not a valid remark."""
    name, word = participant.name or one_line(form.get("name", "")), one_line(form.get("word", ""))
    if len(name) > MOST_NAME or not any(letter.isalnum() for letter in name):
        raise CoachRefused(CoachRefusal.NO_NAME)
    if len(word) > MOST_LETTERS:
        raise CoachRefused(CoachRefusal.TOO_LONG)
    said: dict[str, Any] = {
        "side": participant.side,
        "name": name,
        "word": word,
        "sender_key": form.get("key", ""),
    }
    if form.get("across"):
        place = {field: form.get(field, "") for field in ("across", "down")}
        said["spot"] = {**place, "shown": _read_shown(form)}
    try:
        return Saying.model_validate(said)
    except ValidationError:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from None


def _read_shown(form: Mapping[str, str]) -> Shown:
    try:
        return Shown.model_validate({field: form.get(field, "") for field in ("photo", "stage")})
    except ValidationError:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from None


def _see_that_it_is_there(context: ConsoleContext, participant: Participant, shown: Shown) -> None:
    """Raise HTTPException 404 for a picture that is not among the listing's."""
    row = find_listing(context.catalog, participant.link.key)
    if row is None or rendition_of(row, shown) is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
