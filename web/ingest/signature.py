"""Standard Webhooks: the sender signs identity, time and body with a secret that both know.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from web.ingest.problem import Problem, Refused

ID, TIME, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE_SECONDS = 300
"""How far the sender's time may be from ours."""
VERSION = "v1"
"""HMAC with SHA-256; signatures of other versions in the same header are passed over."""
MAX_ID = 256
MAX_SIGNATURES = 16
"""In one header: a sender that changes its secret sends two."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What the sender has signed beside the body."""

    identity: str
    """``webhook-id``: the same whenever the same is sent again."""
    at: int
    """``webhook-timestamp``: when it was sent, in whole seconds since 1970."""


def check_signature(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: float) -> Signed:
    """Return identity and time of a request that one of ``secrets`` has signed.

    Parameters
    ----------
    headers
        By their names in small letters.
    body
        The bytes as they came.
    secrets
        ``whsec_`` and the key in base64; any of them will do, so that one can be changed for another.
    now
        Seconds since 1970.

    Raises
    ------
    Refused
        When a header is missing, no signature fits, or one that fits is more than 300 s old or ahead.
    """
    if not secrets:
        raise Refused(Problem.NOT_SET_UP, "ETALASE_WEBHOOK_SECRETS")
    identity, time, given = (headers.get(name, "") for name in (ID, TIME, SIGNATURE))
    if not (identity and time and given):
        raise Refused(Problem.NO_PROOF, f"{ID}, {TIME}, {SIGNATURE}")
    if len(identity) > MAX_ID or not (time.isascii() and time.isdecimal()):
        raise Refused(Problem.WRONG_SIGNATURE)
    signed = f"{identity}.{time}.".encode() + body
    right = [hmac.digest(_key(secret), signed, hashlib.sha256) for secret in secrets]
    # Every pair is compared, so that the time taken says nothing of which one fits.
    fits = [hmac.compare_digest(one, other) for one in right for other in _signatures(given)]
    if not any(fits):
        raise Refused(Problem.WRONG_SIGNATURE)
    if abs(now - int(time)) > TOLERANCE_SECONDS:
        raise Refused(Problem.OUT_OF_TIME, f"{TIME} {time}, now {now:.0f}")
    return Signed(identity, int(time))


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"))


def _signatures(given: str) -> list[bytes]:
    signatures = []
    for part in given.split()[:MAX_SIGNATURES]:
        version, _, text = part.partition(",")
        if version == VERSION:
            try:
                signatures.append(base64.b64decode(text, validate=True))
            except (binascii.Error, ValueError):
                continue
    return signatures
