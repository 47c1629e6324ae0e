"""What a form sends."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException, Request

from web.ingest.problem import STATUS, Refused
from web.ingest.reading import media_type_of, read_body

URLENCODED = "application/x-www-form-urlencoded"
READ_SECONDS = 60.0
"""For what a person sends by the slow line of a village."""
MOST_FIELDS = 200
LARGEST = 2**31 - 1
"""Of the numbers of rows: PostgreSQL's integers go no further, and it fails where more is asked for."""
OUR_PLACE = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""A path of ours: not ``//HOST`` nor ``/\\HOST``, which browsers take for another site's."""


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form, the last of each name; a field that was left empty is there and empty.

    Raises HTTPException for a body that is no such form, that is too large or too slow, or that has the sign 0 in
    it, which PostgreSQL takes in no text.
    """
    if media_type_of(request) != URLENCODED:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        body = await read_body(request, seconds=READ_SECONDS)
    except Refused as refused:
        raise HTTPException(STATUS[refused.problem]) from refused
    try:
        fields = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None
    if any("\0" in text for field in fields for text in field):
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    return dict(fields)


Form = Annotated[Mapping[str, str], Depends(read_form)]
"""The type of a route's parameter that is given the form's fields."""


def row_number(text: str) -> int:
    """Return the number of a row that a form or an address names. Raises HTTPException 422 for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST)) and int(text) <= LARGEST):
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    return int(text)


def our_place(text: str) -> str:
    """Return where a person is led on to: ``text`` if it is a path of ours, else the start page."""
    return text if OUR_PLACE.fullmatch(text) else "/"
