"""Why a file cannot be used as a photo."""

from enum import StrEnum


class RejectionReason(StrEnum):
    """Every way in which a file can fail; each has its text in ``config/messages``."""

    EMPTY = "empty"
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_FEW_PIXELS = "too_few_pixels"
    NOT_AN_IMAGE = "not_an_image"
    UNSUPPORTED_FORMAT = "unsupported_format"
    WRONG_EXTENSION = "wrong_extension"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    MISSING = "missing"
    CRASHED = "crashed"
    UNEXPECTED = "unexpected"


OUR_FAULT = frozenset({RejectionReason.CRASHED, RejectionReason.UNEXPECTED})
"""Reasons that speak of the pipeline rather than of the file: a person must look before anything is published."""


class PhotoRejected(Exception):
    """A file that cannot be used, with its reason; ``detail`` is for engineers, the reason's text for people."""

    def __init__(self, reason: RejectionReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["PhotoRejected"], tuple[RejectionReason, str]]:
        return type(self), (self.reason, self.detail)
