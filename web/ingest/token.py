"""A password in the ``Authorization`` header, for object stores, which cannot sign.

Ceph and SNS send the one in the address that they were given, ``https://etalase:PASSWORD@HOST/ingest/s3``, as
Basic credentials; MinIO sends its ``auth_token`` as a Bearer token.
"""

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence

from web.ingest.problem import Problem, Refused


def check_token(headers: Mapping[str, str], tokens: Sequence[str]) -> None:
    """Return if the request carries one of ``tokens``, whoever it says to be. Raises Refused."""
    if not tokens:
        raise Refused(Problem.NOT_SET_UP, "ETALASE_WEBHOOK_TOKENS")
    scheme, _, given = headers.get("authorization", "").strip().partition(" ")
    if not given:
        raise Refused(Problem.NO_PROOF, "Authorization")
    password = _password(scheme.lower(), given.strip())
    # All are compared, so that the time taken says nothing of which one fits.
    fits = [hmac.compare_digest(token.encode(), password) for token in tokens]
    if not any(fits):
        raise Refused(Problem.WRONG_TOKEN)


def _password(scheme: str, given: str) -> bytes:
    if scheme == "bearer":
        return given.encode()
    try:
        if scheme == "basic":
            return base64.b64decode(given, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        pass
    raise Refused(Problem.WRONG_TOKEN)
