"""From a file's bytes to an opened image: its header is read, its pixels are not yet."""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO, Final

from pi_heif.as_plugin import HeifImageFile
from PIL import ImageFile, PngImagePlugin
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.ExifTags import IFD, Base
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from models.rejection import PhotoRejected, RejectionReason
from processing.decode.exif import ORIENTATIONS, UPRIGHT, ExifFacts, read_exif
from processing.decode.heif_items import check_items
from processing.decode.jpeg_segments import JpegParts, take_apart
from processing.decode.limits import DecodeLimits, check_pixels

# The plugins are called by name, so that no other can open the file, and without PIL.Image.open, whose own limit
# on pixels is a global that warns before ours can refuse.
PLUGIN: Final[dict[str, Callable[[IO[bytes]], ImageFile.ImageFile]]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WEBP": WebPImageFile,
    "HEIF": HeifImageFile,
    "TIFF": TiffImageFile,
    "BMP": BmpImageFile,
    "GIF": GifImageFile,
}
# Pillow allows 1 MB of each text or profile, and takes a photo that has more for a broken one. Of all of a photo's
# texts together it allows 64 MB.
PngImagePlugin.MAX_TEXT_CHUNK = 16 * 1024 * 1024
DNG_VERSION: Final = 50706
AVIF_EXIF_ITEM: Final = re.compile(rb"(infe[\x02\x03].{7,9}?)Exif", re.DOTALL)
"""The entry that declares EXIF in an AVIF's list of items (ISO/IEC 14496-12, 8.11.6)."""
REDUCED_IMAGE: Final = 1
"""In NewSubfileType: the first image of the file is a preview of another one in it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An image whose pixels can now be decoded."""

    image: ImageFile.ImageFile
    icc: bytes | None
    exif: ExifFacts | None
    """``None`` where it is known only after the pixels."""
    turned: bool = False
    """True where the decoder itself gives the pixels upright."""
    jpeg: JpegParts | None = None


def open_image(data: bytes, file_format: str, limits: DecodeLimits) -> Opened:
    """Read the header of a file of the given format (as Pillow names it), and refuse sizes beyond the limits.

    Raises PhotoRejected, and whatever the format's decoder raises over a broken header.
    """
    if file_format == "JPEG":
        parts = take_apart(data)
        image = PLUGIN[file_format](BytesIO(parts.bare))
        facts = read_exif(parts.exif) if parts.exif else ExifFacts()
        return Opened(image, parts.icc, facts, jpeg=parts)
    if file_format == "WEBP":  # its decoder makes room for the whole canvas while it opens
        check_pixels(_webp_canvas(data), limits)
    if file_format == "HEIF":
        check_items(data)
    image = _open_avif(data) if file_format == "AVIF" else PLUGIN[file_format](BytesIO(data))
    icc = image.info.get("icc_profile")
    if isinstance(image, TiffImageFile):
        _refuse_raw(image)
        facts = read_exif(image)
        _forget_directories(image)
        return Opened(image, icc, facts, turned=True)
    if isinstance(image, HeifImageFile):
        # libheif turns by the container's own property; the plugin has set EXIF's tag, which repeats it, to 1.
        tag = image.info.get("original_orientation")
        facts = replace(read_exif(image), orientation=tag if tag in ORIENTATIONS else UPRIGHT)
        return Opened(image, icc, facts, turned=True)
    return Opened(image, icc, exif=None)


def _webp_canvas(data: bytes) -> tuple[int, int]:
    """Return a WebP's width and height in px from its first chunk (RFC 9649, sections 2.5 to 2.7)."""
    head = data[12:30]
    if len(head) < 18:  # noqa: PLR2004  (the longest of the three heads)
        raise PhotoRejected(RejectionReason.TRUNCATED, "ends within the header")
    if head[:4] == b"VP8X":
        return int.from_bytes(head[12:15], "little") + 1, int.from_bytes(head[15:18], "little") + 1
    if head[:4] == b"VP8L":
        (bits,) = struct.unpack_from("<I", head, 9)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", head, 14)
    return width & 0x3FFF, height & 0x3FFF


def _open_avif(data: bytes) -> ImageFile.ImageFile:
    """Open an AVIF, without its EXIF if that is why libavif gives the photo up."""
    try:
        return AvifImageFile(BytesIO(data))
    except Exception:
        without_exif, found = AVIF_EXIF_ITEM.subn(rb"\1none", data, count=1)
        if not found:
            raise
        return AvifImageFile(BytesIO(without_exif))


def _refuse_raw(image: TiffImageFile) -> None:
    """Raise PhotoRejected (UNSUPPORTED_FORMAT) for a raw file in a TIFF's clothes."""
    preview = image.tag_v2.get(Base.NewSubfileType) == REDUCED_IMAGE and Base.SubIFDs in image.tag_v2
    if DNG_VERSION in image.tag_v2 or preview:
        raise PhotoRejected(RejectionReason.UNSUPPORTED_FORMAT, "RAW (DNG or like it)")


def _forget_directories(image: TiffImageFile) -> None:
    """Keep Pillow from reading the directories of EXIF and GPS with the pixels: a broken one costs the photo."""
    exif = image.getexif()
    for directory in IFD:
        exif.pop(directory, None)
