"""A small client for the Prefect server's REST API.

For processes that run no flow themselves: Prefect's own library would cost a web process or a command two seconds
and 50 MB for one request.
"""

import json
import os
import random
import time
from base64 import b64encode
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

PAUSES = (0.5, 1.0, 2.0, 4.0)
"""In s, before each further try; up to half as long again, so that many do not come back at the same moment."""
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
"""Nothing was done, and it may be soon: on SQLite a server says so while its database is written to."""

CUSTOM_HEADERS = "PREFECT_CLIENT_CUSTOM_HEADERS"
PREFECTS_OWN = frozenset({"User-Agent", "Prefect-Csrf-Token", "Prefect-Csrf-Client"})
"""Headers that Prefect's client does not let a setting change."""


class ServerAway(Exception):
    """Nothing answers, or what answers is no Prefect API; the message says what happened."""


class ServerRefused(Exception):
    """The server answered that it does not do this; the message holds its words."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        super().__init__(f"{status}: {words}")


def ask(address: str, path: str, value: object = None, *, seconds: float = 30.0) -> Any:  # noqa: ANN401  JSON
    """Return what a Prefect API answers to a value, or to a mere question; a busy one is asked a few times.

    Parameters
    ----------
    address
        Of the API, as in ``PREFECT_API_URL``; :func:`headers` go along.
    path
        Of the question, from the API's own root.
    value
        What is sent; ``None`` only asks.
    seconds
        How long an answer may take.

    Raises
    ------
    ServerAway, ServerRefused
        When there is no answer, or it is a refusal.
    """
    data = None if value is None else json.dumps(value).encode()
    request = Request(f"{address.rstrip('/')}/{path}", data, headers())
    for pause in (*PAUSES, None):
        try:
            with urlopen(request, timeout=seconds) as answer:
                return json.loads(answer.read() or b"null")
        except HTTPError as refused:
            if refused.code not in BUSY or pause is None:
                raise ServerRefused(refused.code, _words(refused)) from refused
            time.sleep(pause * (1 + random.uniform(0, 0.5)))
        except (URLError, OSError, HTTPException, ValueError) as fault:
            raise ServerAway(f"{address}: {fault}") from fault
    raise AssertionError


def _words(refused: HTTPError) -> str:
    """Return what a server says beside its refusal, as far as it comes."""
    try:
        return refused.read().decode(errors="replace")
    except (OSError, HTTPException) as fault:
        return f"{refused.reason} ({fault})"


def headers() -> dict[str, str]:
    """Return what each question to a Prefect API says of itself, as Prefect's own client has it.

    ``PREFECT_API_AUTH_STRING`` is the API's password or ``PREFECT_API_KEY`` its key, if it has one;
    ``PREFECT_CLIENT_CUSTOM_HEADERS`` is a JSON object of whatever a proxy before it wants to see beside.
    Raises ServerAway for one that cannot be read.
    """
    found = {"Content-Type": "application/json"}
    # The password before the key, as Prefect's own client has it.
    if given := os.environ.get("PREFECT_API_AUTH_STRING"):
        found["Authorization"] = f"Basic {b64encode(given.encode()).decode()}"
    elif key := os.environ.get("PREFECT_API_KEY"):
        found["Authorization"] = f"Bearer {key}"
    custom = {name.title(): value for name, value in _custom_headers().items()}
    return found | {name: value for name, value in custom.items() if name not in PREFECTS_OWN}


def _custom_headers() -> dict[str, str]:
    try:
        found = json.loads(os.environ.get(CUSTOM_HEADERS) or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ServerAway(f"{CUSTOM_HEADERS} is no JSON object of texts")
    return found
