"""What a person says of a listing on its page: words in a field, and answers to our questions."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from flows.editing import objections_to
from models.edit import Answer, EditConflict
from models.fact import FactKind
from models.suggestion import Question
from processing.suggest.objections import say_objection
from storage.catalog.edits import answer_questions, edit_listing
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn
from web.console.form import READ_SECONDS, Form
from web.console.listing_view import address_of
from web.console.new_words import NewWords
from web.console.sight import row_to_see
from web.console.words_sent import Unusable, clean, one_line, read_words
from web.ingest.reading import parse_json, read_body

MOST_ANSWER = 500
"""Characters."""


def word_routes(desk: ConsoleDesk) -> APIRouter:
    """Return where words and answers are sent."""
    routes = APIRouter(prefix="/sellers/{seller}/listings/{listing}")
    new_words = NewWords()

    @routes.post("/words")
    async def write(request: Request, person: SignedIn, seller: str, listing: str) -> JSONResponse:
        """Keep what a person writes in a field, and tell what speaks against it."""
        sent = read_words(parse_json(await read_body(request, seconds=READ_SECONDS)))
        row = await asyncio.to_thread(row_to_see, desk.catalog, person, seller, listing)
        messages = desk.pages.messages_for(request)
        try:
            value = None if sent.value is None else clean(sent.field, sent.value)
            version = await asyncio.to_thread(
                edit_listing,
                desk.catalog,
                row.key,
                {sent.field: value},
                by=person.name,
                seen={sent.field: sent.seen},
            )
        except Unusable as unusable:
            told = {"problem": messages.text(f"console.listings.unusable.{unusable.problem}")}
            return JSONResponse(told, HTTPStatus.UNPROCESSABLE_ENTITY)
        except EditConflict as conflict:
            newer = conflict.newer
            theirs = {"value": newer.value, "by": newer.by} if newer else {"value": None, "by": ""}
            return JSONResponse(theirs, HTTPStatus.CONFLICT)
        except LookupError:
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        if version != row.version:
            new_words.arrived(row.key, version)
        found = await asyncio.to_thread(
            objections_to, desk.catalog, row.key, (sent.field,), desk.settings.marketplaces
        )
        objections = [say_objection(objection, messages) for objection in found]
        return JSONResponse({"version": version, "value": value, "objections": objections})

    @routes.post("/answer")
    async def answer(request: Request, person: SignedIn, seller: str, listing: str, form: Form) -> Response:
        """Keep an answer, and show the page again."""
        row = await asyncio.to_thread(row_to_see, desk.catalog, person, seller, listing)
        given = _read_answer(form.get("question", ""), form.get("about", ""), form.get("value", ""))
        try:
            version = await asyncio.to_thread(answer_questions, desk.catalog, row.key, [given], by=person.name)
        except LookupError:
            raise HTTPException(HTTPStatus.NOT_FOUND) from None
        new_words.arrived(row.key, version)
        return RedirectResponse(f"{address_of(row.key)}#questions", HTTPStatus.SEE_OTHER)

    return routes


def _read_answer(question: str, about: str, value: str) -> Answer:
    """Return an answer. Raises HTTPException 422 for what is none."""
    said = one_line(value)
    try:
        kind = FactKind(about) if about else None
        asked = Question(question)
    except ValueError:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from None
    if not said or len(said) > MOST_ANSWER:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    return Answer(question=asked, about=kind, value=said)
