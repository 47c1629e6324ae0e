"""What a file may weigh and measure; checked from its header, before any pixel is decoded."""

from typing import Annotated

from annotated_types import Gt

from models.rejection import PhotoRejected, RejectionReason
from models.value import Value

Count = Annotated[int, Gt(0)]


class DecodeLimits(Value):
    """The largest and the smallest photo that is taken."""

    max_bytes: Count = 60_000_000
    max_pixels: Count = 64 * 1024 * 1024
    """Binary millions, since a camera of "64 megapixels" gives 9280 x 6920 and the like."""
    min_side: Count = 64
    """px, of the shorter side."""


def check_bytes(data: bytes, limits: DecodeLimits) -> None:
    """Raise PhotoRejected (EMPTY, TOO_MANY_BYTES) unless there is something, and not too much of it."""
    if not data:
        raise PhotoRejected(RejectionReason.EMPTY, "0 bytes")
    if len(data) > limits.max_bytes:
        raise PhotoRejected(RejectionReason.TOO_MANY_BYTES, f"{len(data)} bytes, at most {limits.max_bytes}")


def check_pixels(size: tuple[int, int], limits: DecodeLimits) -> None:
    """Raise PhotoRejected (TOO_MANY_PIXELS, TOO_FEW_PIXELS, CORRUPT) unless width and height in px will do."""
    width, height = size
    if min(size) <= 0:
        raise PhotoRejected(RejectionReason.CORRUPT, f"{width} x {height} px")
    if width * height > limits.max_pixels:
        raise PhotoRejected(
            RejectionReason.TOO_MANY_PIXELS, f"{width} x {height} px, at most {limits.max_pixels} in all"
        )
    if min(size) < limits.min_side:
        raise PhotoRejected(
            RejectionReason.TOO_FEW_PIXELS,
            f"{width} x {height} px, at least {limits.min_side} on the shorter side",
        )
