"""Which format a file's bytes are, told by its first bytes and never by its name."""

import re
from typing import Final

from models.rejection import PhotoRejected, RejectionReason

START: Final = 4096
"""Bytes within which a text format must show what it is."""

TAKEN: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
)
"""The formats that are taken, by how a file of each begins; three more are told by a look further inside."""

NOT_TAKEN: Final = (
    (b"8BPS", "PSD"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"\x00\x00\x02\x00", "CUR"),
    (b"icns", "ICNS"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"II\xbc\x01", "JPEG XR"),
    (b"FUJIFILMCCD-RAW", "RAW (RAF)"),
    (b"IIRO", "RAW (ORF)"),
    (b"IIRS", "RAW (ORF)"),
    (b"MMOR", "RAW (ORF)"),
    (b"IIU\x00", "RAW (RW2)"),
    (b"FOVb", "RAW (X3F)"),
    (b"\x00MRM", "RAW (MRW)"),
    (b"gimp xcf", "XCF"),
    (b"DDS ", "DDS"),
    (b"\x76\x2f\x31\x01", "OpenEXR"),
    (b"#?RADIANCE", "Radiance HDR"),
    (b"qoif", "QOI"),
    (b"BPG\xfb", "BPG"),
    (b"FLIF", "FLIF"),
    (b"\x8aMNG\r\n\x1a\n", "MNG"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
)
"""Formats of images that are not taken."""

OTHER_FILES: Final = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x1aE\xdf\xa3", "Matroska"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
)
"""Files that people send by mistake; named only so that the detail says what came."""

HEVC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
ANY_IMAGE_BRANDS: Final = frozenset({b"mif1", b"msf1"})
PNM: Final = re.compile(rb"P[1-7]\s")
SVG: Final = re.compile(rb"<svg[\s>]", re.IGNORECASE)


def recognise(data: bytes) -> str:
    """Return the format of ``data`` as Pillow names it: one that we take.

    Raises
    ------
    PhotoRejected
        UNSUPPORTED_FORMAT for an image of another format, NOT_AN_IMAGE for anything else; the detail names
        the format where it is known.
    """
    for magic, name in TAKEN:
        if data.startswith(magic):
            return _tiff_or_raw(data) if name == "TIFF" else name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    # A BMP's second header begins at byte 14 and tells its own length, so that "BM" alone is not enough.
    if data[:2] == b"BM" and len(data) > 18 and 12 <= int.from_bytes(data[14:18], "little") <= 256:  # noqa: PLR2004
        return "BMP"
    if data[4:8] == b"ftyp":
        return _iso_media(data)
    if data[-18:] == b"TRUEVISION-XFILE.\x00":
        raise PhotoRejected(RejectionReason.UNSUPPORTED_FORMAT, "TGA")
    for magic, name in NOT_TAKEN:
        if data.startswith(magic):
            raise PhotoRejected(RejectionReason.UNSUPPORTED_FORMAT, name)
    if PNM.match(data):
        raise PhotoRejected(RejectionReason.UNSUPPORTED_FORMAT, "PNM")
    if SVG.search(data[:START]):
        raise PhotoRejected(RejectionReason.UNSUPPORTED_FORMAT, "SVG")
    for magic, name in OTHER_FILES:
        if data.startswith(magic):
            raise PhotoRejected(RejectionReason.NOT_AN_IMAGE, name)
    raise PhotoRejected(RejectionReason.NOT_AN_IMAGE, f"begins with {data[:8].hex(' ')}")


def _tiff_or_raw(data: bytes) -> str:
    """Return TIFF, unless the file says by a mark of its own that it is a Canon raw file."""
    if data[8:10] == b"CR":
        raise PhotoRejected(RejectionReason.UNSUPPORTED_FORMAT, "RAW (CR2)")
    return "TIFF"


def _iso_media(data: bytes) -> str:
    """Tell the children of ISO/IEC 14496-12 apart by the brands of their ``ftyp`` box."""
    length = int.from_bytes(data[:4], "big")
    brands = [data[8:12]] + [data[at : at + 4] for at in range(16, min(length, len(data), START), 4)]
    for brand in brands:
        if brand in AVIF_BRANDS:
            return "AVIF"
        if brand in HEVC_BRANDS:
            return "HEIF"
        if brand == b"crx ":
            raise PhotoRejected(RejectionReason.UNSUPPORTED_FORMAT, "RAW (CR3)")
    if ANY_IMAGE_BRANDS.intersection(brands):
        return "HEIF"
    brand_name = data[8:12].decode("ascii", "backslashreplace").strip()
    raise PhotoRejected(RejectionReason.NOT_AN_IMAGE, f"video or other media ({brand_name})")
