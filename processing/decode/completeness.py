"""Whether a file ends before its own container says that it should.

Asked to tell TRUNCATED from CORRUPT where a decoder gives up. Each function takes the whole file and answers from
the lengths in it alone.
"""

import struct
from collections.abc import Callable
from typing import Final


def is_cut_short(data: bytes, file_format: str) -> bool:
    """Return True when ``data``, a file of the format that Pillow calls ``file_format``, lacks its end."""
    try:
        return CUT_SHORT[file_format](data)
    except (struct.error, IndexError):  # a length that is itself cut off
        return True


def _jpeg(data: bytes) -> bool:
    # FF D9 cannot occur within entropy-coded data; a thumbnail's lies before the last scan.
    return data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda")


def _png(data: bytes) -> bool:
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name = data[at + 4 : at + 8]
        at += 12 + length
        if at > len(data):
            return True
        if name == b"IEND":
            return False
    return True


def _webp(data: bytes) -> bool:
    (length,) = struct.unpack_from("<I", data, 4)
    return bool(8 + length > len(data))


def _iso_media(data: bytes) -> bool:
    at = 0
    pixels = False
    while at < len(data):
        pixels = pixels or data[at + 4 : at + 8] == b"mdat"
        (length,) = struct.unpack_from(">I", data, at)
        if length == 0:  # to the end of the file
            return False
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, at + 8)
        if length < 8:  # noqa: PLR2004  (shorter than its own head)
            return False
        at += length
    return at > len(data) or not pixels


def _gif(data: bytes) -> bool:
    """Walk the blocks (GIF89a, section 12 and appendix B) to the trailer."""
    at = 13 + _gif_colours(data[10])
    while at < len(data):
        block = data[at]
        if block == GIF_TRAILER:
            return False
        if block == GIF_EXTENSION:
            at += 2
        elif block == GIF_IMAGE:
            at += 11 + _gif_colours(data[at + 9])
        else:  # no block begins so: broken, not cut
            return False
        while data[at]:
            at += 1 + data[at]
        at += 1
    return True


def _gif_colours(flags: int) -> int:
    """Return the length in bytes of the colour table that a descriptor's flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _bmp(data: bytes) -> bool:
    (length,) = struct.unpack_from("<I", data, 2)
    return bool(length > len(data))


def _tiff(data: bytes) -> bool:
    """Look for the first directory, and for the pixels that it points at, beyond the end."""
    order = "<" if data[:2] == b"II" else ">"
    (version,) = struct.unpack_from(order + "H", data, 2)
    if version != 42:  # noqa: PLR2004  (BigTIFF: too rare among sellers for a reader of its own)
        return False
    (at,) = struct.unpack_from(order + "I", data, 4)
    if at < 8:  # noqa: PLR2004  (within the header: broken, not cut)
        return False
    (count,) = struct.unpack_from(order + "H", data, at)
    arrays: dict[int, list[int]] = {}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, number = struct.unpack_from(order + "HHI", data, entry)
        if tag in TIFF_PIXEL_TAGS and kind in TIFF_INTEGERS:
            letter, size = TIFF_INTEGERS[kind]
            place = entry + 8
            if number * size > 4:  # noqa: PLR2004  (too long for the entry itself)
                (place,) = struct.unpack_from(order + "I", data, place)
            if place + number * size > len(data):
                return True
            arrays[tag] = list(struct.unpack_from(f"{order}{number}{letter}", data, place))
    return any(
        offset + length > len(data)
        for offsets, lengths in TIFF_PIXEL_PAIRS
        for offset, length in zip(arrays.get(offsets, []), arrays.get(lengths, []), strict=False)
    )


GIF_IMAGE, GIF_EXTENSION, GIF_TRAILER = 0x2C, 0x21, 0x3B
TIFF_PIXEL_PAIRS: Final = ((273, 279), (324, 325))
"""Offsets and byte counts of strips, and of tiles (TIFF 6.0, sections 3 and 15)."""
TIFF_PIXEL_TAGS: Final = frozenset(tag for pair in TIFF_PIXEL_PAIRS for tag in pair)
TIFF_INTEGERS: Final = {3: ("H", 2), 4: ("I", 4)}

CUT_SHORT: Final[dict[str, Callable[[bytes], bool]]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "AVIF": _iso_media,
    "HEIF": _iso_media,
    "GIF": _gif,
    "BMP": _bmp,
    "TIFF": _tiff,
}
