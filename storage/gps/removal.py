"""The bytes of a photo as they are kept: as they were sent, but for where it was taken."""

import re
from collections.abc import Callable
from typing import Final

from storage.gps.boxes import without_gps_in_items
from storage.gps.chunks import without_gps_in_png, without_gps_in_webp
from storage.gps.exif import LAYOUTS, without_gps_in_exif, without_gps_in_tiff
from storage.gps.xmp import without_gps_in_xmp

EXIF_SEGMENT: Final = re.compile(rb"\xff\xe1(..)Exif\0.", re.DOTALL)
"""Of a JPEG, or of one that lies in it or behind it: within a scan there is no such marker."""
VIDEO_PLACE: Final = re.compile(rb"\xa9xyz.{4}([+-]\d[\d.]*[+-]\d[\d.]*(?:[+-]\d[\d.]*)?/?)", re.DOTALL)
"""Where the video of a moving photo was taken (ISO 6709), in QuickTime's box of that name."""
DIGIT: Final = re.compile(rb"\d")


def without_gps(data: bytes) -> bytes:
    """Return a photo's bytes without its GPS, and otherwise as they were: the same pixels and other facts.

    GPS is what EXIF's directory of that name, XMP's ``GPS...`` and a moving photo's video say of the place. The
    same bytes give the same again, and what has no GPS stays as it is: so does whatever cannot be read as a photo,
    which is set aside later, with its reason. Raises nothing.
    """
    remove = _remover(data)
    return data if remove is None else VIDEO_PLACE.sub(_nowhere, without_gps_in_xmp(remove(data)))


def _remover(data: bytes) -> Callable[[bytes], bytes] | None:
    """Return what removes EXIF's GPS from a file of this kind; ``None`` for what is no photo."""
    if data.startswith(b"\xff\xd8\xff"):
        return _without_gps_in_jpeg
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return without_gps_in_png
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return without_gps_in_webp
    if data[4:8] == b"ftyp":
        return without_gps_in_items
    # A GIF has no EXIF, and is passed on for the sake of its XMP.
    return without_gps_in_tiff if data[:4] in {*LAYOUTS, b"GIF8"} else None


def _without_gps_in_jpeg(data: bytes) -> bytes:
    out, end = None, 0
    while found := EXIF_SEGMENT.search(data, end):
        start, end = found.start() + 4, found.start() + 2 + int.from_bytes(found[1], "big")
        end = max(start, end)
        block = data[start:end]
        bare = without_gps_in_exif(block)
        if bare != block:
            out = out or bytearray(data)
            out[start : start + len(bare)] = bare
    return data if out is None else bytes(out)


def _nowhere(found: re.Match[bytes]) -> bytes:
    return found[0][: -len(found[1])] + DIGIT.sub(b"0", found[1])
