"""Reading a request that may come from anybody: so much, for so long, and as JSON."""

import asyncio
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from web.ingest.problem import Problem, Refused

MAX_BYTES = 256 * 1024
"""What SNS sends at most; a Standard Webhook has a tenth of it."""
READ_SECONDS = 10.0
SHOWN_FAULTS = 5

Shape = TypeVar("Shape", bound=BaseModel)


async def read_body(request: Request, *, seconds: float = READ_SECONDS) -> bytes:
    """Return the body's bytes. Raises Refused for one that is too large or takes longer than ``seconds``."""
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > MAX_BYTES:
        raise Refused(Problem.TOO_LARGE, f"{length} bytes, at most {MAX_BYTES}")
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                body += part
                if len(body) > MAX_BYTES:
                    raise Refused(Problem.TOO_LARGE, f"at most {MAX_BYTES} bytes")
    except TimeoutError:
        raise Refused(Problem.TOO_SLOW, f"{seconds:.0f} s") from None
    return bytes(body)


def media_type_of(request: Request) -> str:
    """Return the body's media type in small letters, without parameters."""
    return without_parameters(request.headers.get("content-type", ""))


def without_parameters(media_type: str) -> str:
    """Return a media type in small letters, without parameters: what is to be compared."""
    return media_type.partition(";")[0].strip().lower()


def parse_json(body: bytes | str) -> object:
    """Return the value that is written as JSON. Raises Refused."""
    try:
        return from_json(body)
    except ValueError as error:
        raise Refused(Problem.NOT_JSON, str(error)) from None


def shape(model: type[Shape], value: object) -> Shape:
    """Return a value in the shape of ``model``. Raises Refused with the fields that are wrong."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        told = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:SHOWN_FAULTS]]
        raise Refused(Problem.WRONG_FIELDS, "; ".join(told)) from None
