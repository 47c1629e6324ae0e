"""One HTTP call to a receiver: bounded in size and time, never redirected, its failures told apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from models.publication import PublishError, ReceiverDown, ReceiverGone

CONNECT_SECONDS = 5.0
MAX_ANSWER = 1_000_000
"""Bytes of an answer that are read unless more is expected."""
SHOWN = 300
"""Characters of an answer that are told when it is a refusal."""
OVERLOADED = frozenset({429, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said."""

    status: int
    body: bytes
    retry_after: float | None
    """Seconds."""
    cut: bool = False
    """True where there was more than was read."""

    @property
    def fine(self) -> bool:
        """True for 2xx only."""
        return 200 <= self.status < 300  # noqa: PLR2004

    @property
    def told(self) -> str:
        """The beginning of what it said, for a log."""
        return f"{self.status}: {self.body[: 4 * SHOWN].decode('utf-8', 'replace')[:SHOWN]}"

    def json(self) -> Any:  # noqa: ANN401  whatever the receiver has sent
        """Return the answer read as JSON. Raises PublishError when it is none, or too long."""
        if self.cut:
            raise PublishError(f"the answer has more than {len(self.body):,} bytes: {self.told}")
        try:
            return json.loads(self.body)
        except ValueError as fault:
            raise PublishError(f"the answer is not JSON: {self.told}") from fault


def call(
    client: httpx.Client,
    method: str,
    address: str,
    *,
    body: bytes | None,
    headers: Mapping[str, str],
    max_bytes: int = MAX_ANSWER,
) -> Answer:
    """Make one call and return the answer, whatever it is, except for those that speak of the receiver as a whole.

    Of its body no more than ``max_bytes`` are read and kept.

    Raises
    ------
    ReceiverDown
        When nobody answers in time, or with 429, 502, 503 or 504.
    ReceiverGone
        For 410.
    """
    try:
        with client.stream(method, address, content=body, headers=headers) as response:
            said = bytearray()
            for part in response.iter_raw():
                said += part
                if len(said) > max_bytes:
                    break
            cut, wait = len(said) > max_bytes, _retry_after(response.headers)
            answer = Answer(response.status_code, bytes(said[:max_bytes]), wait, cut)
    except httpx.HTTPError as fault:
        raise ReceiverDown(f"{method} {address}: {type(fault).__name__}: {fault}") from fault
    if answer.status == httpx.codes.GONE:
        raise ReceiverGone(f"{method} {address}: {answer.told}")
    if answer.status in OVERLOADED:
        raise ReceiverDown(f"{method} {address}: {answer.told}", retry_after=answer.retry_after)
    return answer


def open_client(*, seconds: float, auth: tuple[str, str] | None = None) -> httpx.Client:
    """Return a client that waits so long for an answer, and asks no proxy or password file of this machine."""
    timeout = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
    headers = {"user-agent": "etalase", "accept-encoding": "identity"}
    return httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False, auth=auth, headers=headers)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return what ``Retry-After`` says in seconds: a number, or a moment in HTTP's own way of writing it."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
