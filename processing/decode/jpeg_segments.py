"""A JPEG's segments, read by ourselves: so that no broken metadata can cost the photo.

Pillow reads EXIF, XMP, Photoshop and ICC blocks while it opens a file, and gives the photo up over some broken
ones. It gets the file without them; what we want of them is taken here. Markers: ITU-T T.81, table B.1.
"""

from dataclasses import dataclass
from typing import Final

from models.rejection import PhotoRejected, RejectionReason

START_OF_SCAN: Final = 0xDA
END_OF_IMAGE: Final = 0xD9
ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers that no length follows."""
APPLICATION: Final = range(0xE0, 0xF0)
COMMENT: Final = 0xFE
JFIF, EXIF, ICC, ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
EXIF_HEAD: Final = b"Exif\x00\x00"
ICC_HEAD: Final = b"ICC_PROFILE\x00"
COLOUR_MARKS: Final = {JFIF: (b"JFIF\x00", 14), ADOBE: (b"Adobe", 12)}
"""Application segments that tell libjpeg what the components are: how each begins, and its least length."""
SAMPLE_BITS: Final = 8


@dataclass(frozen=True, slots=True)
class JpegParts:
    """A JPEG taken apart."""

    bare: bytes
    """The file without comments and application segments, those excepted that tell the colours."""
    exif: bytes | None
    icc: bytes | None
    scan: int
    """Where in ``bare`` the first scan's segment begins."""


def take_apart(data: bytes) -> JpegParts:
    """Split a JPEG into what its pixels need and what is said about them.

    Raises
    ------
    PhotoRejected
        TRUNCATED where the file ends before its first scan, CORRUPT where there is none or its segments are
        not in order, UNSUPPORTED_FORMAT for samples of other than 8 bits.
    """
    kept = [data[:2]]
    exif: bytes | None = None
    icc: list[bytes] = []
    at = 2
    while True:
        at, marker = _next_marker(data, at)
        if marker == END_OF_IMAGE:
            raise PhotoRejected(RejectionReason.CORRUPT, "ends without a scan")
        if marker in ALONE:
            continue
        if marker == START_OF_SCAN:
            head = b"".join(kept)
            return JpegParts(
                bare=head + data[at - 2 :], exif=exif, icc=b"".join(_in_order(icc)) or None, scan=len(head)
            )
        end = at + int.from_bytes(data[at : at + 2], "big")
        if max(end, at + 2) > len(data):
            raise PhotoRejected(RejectionReason.TRUNCATED, f"segment {marker:#x} runs past the end")
        if end < at + 2:
            raise PhotoRejected(RejectionReason.CORRUPT, f"segment {marker:#x} has no length")
        body = data[at + 2 : end]
        if marker in FRAMES and body[:1] != bytes([SAMPLE_BITS]):
            raise PhotoRejected(
                RejectionReason.UNSUPPORTED_FORMAT, f"JPEG of {body[:1].hex()} (hex) bits a sample"
            )
        if marker == EXIF and exif is None and body.startswith(EXIF_HEAD):
            exif = body
        elif marker == ICC and body.startswith(ICC_HEAD):
            icc.append(body[len(ICC_HEAD) :])
        if _bears_on_pixels(marker, body):
            kept.append(data[at - 2 : end])
        at = end


def _bears_on_pixels(marker: int, body: bytes) -> bool:
    if marker in COLOUR_MARKS:
        head, length = COLOUR_MARKS[marker]
        return body.startswith(head) and len(body) >= length
    return marker not in APPLICATION and marker != COMMENT


def _in_order(chunks: list[bytes]) -> list[bytes]:
    """Return an ICC profile's chunks in the order of their numbers, without these (ICC.1:2022, annex B.4)."""
    return [chunk[2:] for chunk in sorted(chunks, key=lambda chunk: chunk[:1])]


def _next_marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the place behind the next marker, and the marker; stray bytes before it are skipped."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise PhotoRejected(RejectionReason.TRUNCATED, "ends before its first scan")
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004  (a fill byte)
            at += 1
        elif marker == 0:
            at += 2
        else:
            return at + 2, marker
