"""From the bytes of a file to an upright sRGB picture, or to the reason why it is none."""

from processing.decode.limits import DecodeLimits
from processing.decode.photo import decode

__all__ = ["DecodeLimits", "decode"]
