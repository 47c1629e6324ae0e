"""GPS removed from the EXIF and XMP in files of chunks: PNG (PNG 3, 5.3 and 11.3) and WebP (RFC 9649, 2.7)."""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from storage.gps.exif import without_gps_in_exif
from storage.gps.xmp import without_gps_in_xmp

PNG_START, WEBP_START = 8, 12
MOST_TEXT: Final = 16 * 1024 * 1024
"""Bytes of a packed text; of longer ones no photo is read."""
MOST_PACKED: Final = 8
"""Packed texts of a file that are looked into: it has one or two that are EXIF or XMP."""
RAW_PROFILE: Final = re.compile(rb"Raw profile type (?:exif|APP1|xmp)\0", re.IGNORECASE)
"""How ImageMagick and others write EXIF and XMP as text: a name, a length, and hexadecimal digits."""
HEX_DIGITS: Final = re.compile(rb"\n *\d+\n(?P<digits>[0-9a-fA-F\n]*)")


def without_gps_in_webp(data: bytes) -> bytes:
    """Return a WebP of the same length without GPS in its EXIF."""
    out = bytearray(data)
    at = WEBP_START
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"EXIF":
            block = data[at + 8 : at + 8 + length]
            out[at + 8 : at + 8 + len(block)] = without_gps_in_exif(block)
        at += 8 + length + length % 2
    return bytes(out)


def without_gps_in_png(data: bytes) -> bytes:
    """Return a PNG without GPS in EXIF and XMP; of the same length, unless it was in a text."""
    parts = [data[:PNG_START]]
    changed, packed = False, 0
    for kind, body, whole in _png_chunks(data):
        packed += kind in PACKED
        remove = without_gps_in_xmp if kind in PACKED and packed > MOST_PACKED else WITHOUT_GPS.get(kind, bytes)
        bare = remove(body)
        if bare == body:
            parts.append(whole)
            continue
        changed = True
        checked = kind + bare
        parts.append(struct.pack(">I", len(bare)) + checked + struct.pack(">I", zlib.crc32(checked)))
    return b"".join(parts) if changed else data


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield the kind, the body and the whole of each chunk; what follows the last whole one has neither."""
    at = PNG_START
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            break
        yield data[at + 4 : at + 8], data[at + 8 : end - 4], data[at:end]
        at = end
    yield b"", b"", data[at:]


def _text(body: bytes) -> bytes:
    """Return the body of a tEXt: a name, and the text."""
    if body[:8].lower() == b"exif:gps":
        return b"Comment\0"
    profile = RAW_PROFILE.match(body)
    return body[: profile.end()] + _raw_profile(body[profile.end() :]) if profile else without_gps_in_xmp(body)


def _packed_text(body: bytes) -> bytes:
    """Return the body of a zTXt: a name, how it is packed, and the packed text."""
    name = body[: body.find(b"\0") + 1]
    text = _unpack(body[len(name) + 1 :])
    bare = _text(name + text)[len(name) :]
    return body if bare == text else body[: len(name) + 1] + zlib.compress(bare)


def _international_text(body: bytes) -> bytes:
    """Return the body of an iTXt: a name, whether and how it is packed, a language, a title, and the text."""
    name = body.find(b"\0")
    title = body.find(b"\0", body.find(b"\0", name + 3) + 1)
    if name < 0 or title < name + 3 or body[name + 1 : name + 2] != b"\1":
        return without_gps_in_xmp(body)
    text = _unpack(body[title + 1 :])
    bare = without_gps_in_xmp(text)
    return body if bare == text else body[: title + 1] + zlib.compress(bare)


def _unpack(packed: bytes) -> bytes:
    """Return a packed text, nothing where it is broken or too long."""
    packer = zlib.decompressobj()
    try:
        text = packer.decompress(packed, MOST_TEXT)
    except zlib.error:
        return b""
    return b"" if packer.unconsumed_tail else text


def _raw_profile(text: bytes) -> bytes:
    found = HEX_DIGITS.search(text)
    if found is None:
        return text
    digits = found["digits"].replace(b"\n", b"")
    block = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    bare = without_gps_in_xmp(without_gps_in_exif(block))
    if bare == block:
        return text
    new = iter(bare.hex().encode())
    written = bytes(each if each == ord("\n") else next(new, each) for each in found["digits"])
    return text[: found.start("digits")] + written + text[found.end("digits") :]


WITHOUT_GPS: Final[dict[bytes, Callable[[bytes], bytes]]] = {
    b"eXIf": without_gps_in_exif,
    b"tEXt": _text,
    b"zTXt": _packed_text,
    b"iTXt": _international_text,
}
PACKED: Final = frozenset({b"zTXt", b"iTXt"})
