"""Why a request is refused, told as RFC 9457, ``application/problem+json``."""

from enum import StrEnum
from http import HTTPStatus

from fastapi.responses import JSONResponse

from config.messages import Messages

RETRY_SECONDS = 30
"""When it is worth asking again, where only we are to blame."""


class Problem(StrEnum):
    """Every reason to refuse a request; each has its texts in ``config/messages``."""

    NOT_SET_UP = "not_set_up"
    NO_PROOF = "no_proof"
    WRONG_SIGNATURE = "wrong_signature"
    WRONG_TOKEN = "wrong_token"
    OUT_OF_TIME = "out_of_time"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    WRONG_MEDIA_TYPE = "wrong_media_type"
    UNKNOWN_VERSION = "unknown_version"
    NOT_JSON = "not_json"
    WRONG_FIELDS = "wrong_fields"
    WRONG_NAME = "wrong_name"
    UNKNOWN_TYPE = "unknown_type"
    UNKNOWN_SELLER = "unknown_seller"
    WRONG_BUCKET = "wrong_bucket"
    LINK_NOT_ALLOWED = "link_not_allowed"
    NOT_CONFIRMED = "not_confirmed"
    NO_QUEUE = "no_queue"


STATUS = {
    Problem.NOT_SET_UP: HTTPStatus.SERVICE_UNAVAILABLE,
    Problem.NO_PROOF: HTTPStatus.UNAUTHORIZED,
    Problem.WRONG_SIGNATURE: HTTPStatus.UNAUTHORIZED,
    Problem.WRONG_TOKEN: HTTPStatus.UNAUTHORIZED,
    Problem.OUT_OF_TIME: HTTPStatus.UNAUTHORIZED,
    Problem.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Problem.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    Problem.WRONG_MEDIA_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Problem.UNKNOWN_VERSION: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Problem.NOT_JSON: HTTPStatus.BAD_REQUEST,
    Problem.WRONG_FIELDS: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.WRONG_NAME: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.UNKNOWN_TYPE: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.UNKNOWN_SELLER: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.WRONG_BUCKET: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.LINK_NOT_ALLOWED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Problem.NOT_CONFIRMED: HTTPStatus.BAD_GATEWAY,
    Problem.NO_QUEUE: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Refused(Exception):
    """A request that is refused, and of which nothing is kept; ``fault`` is for engineers."""

    def __init__(self, problem: Problem, fault: str = "") -> None:
        super().__init__(f"{problem}: {fault}" if fault else str(problem))
        self.problem = problem
        self.fault = fault


def tell(refused: Refused, messages: Messages) -> JSONResponse:
    """Return the answer to a request that is refused."""
    problem, status = refused.problem, STATUS[refused.problem]
    content = {
        "type": f"urn:etalase:problem:{problem}",
        "status": status,
        "title": messages.text(f"problem.{problem}.title"),
        "detail": messages.text(f"problem.{problem}.advice"),
    }
    if refused.fault:
        content["fault"] = refused.fault
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        # An SNS topic sends its password only when it is asked for one.
        headers["WWW-Authenticate"] = 'Basic realm="etalase", charset="UTF-8"'
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_SECONDS)
    return JSONResponse(content, status, headers, media_type="application/problem+json")
