"""The two facts of EXIF that are kept: which way up, and when. The place (GPS) is never read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PIL import Image
from PIL.ExifTags import IFD, Base

UPRIGHT: Final = 1
ORIENTATIONS: Final = range(1, 9)
SIDEWAYS: Final = range(5, 9)
"""Those that swap width and height."""
CAMERA_TIME: Final = "%Y:%m:%d %H:%M:%S"
CAMERA_TIME_SHAPE: Final = re.compile(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d", re.ASCII)

XMP: Final = ("xmp", "XML:com.adobe.xmp")
"""Where Pillow keeps XMP, from which it takes an orientation that no browser or gallery heeds."""

TRANSPOSE: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a photo upright, by its orientation tag (EXIF 2.32, tag 0x0112)."""


@dataclass(frozen=True, slots=True)
class ExifFacts:
    """What the camera says of a photo."""

    orientation: int = UPRIGHT
    """1 to 8."""
    taken_at: str | None = None
    """``YYYY:MM:DD HH:MM:SS``, a real day and time."""


def read_exif(source: Image.Image | bytes) -> ExifFacts:
    """Return the facts in an opened image's EXIF, or in an EXIF block by itself.

    EXIF that is broken says nothing, and never costs the photo.
    """
    try:
        if isinstance(source, Image.Image):
            for xmp in XMP:
                source.info.pop(xmp, None)
            exif = source.getexif()
        else:
            exif = Image.Exif()
            exif.load(source)
        orientation = _orientation(exif)
    # Pillow's parser lets through whatever a broken block leads it to: struct.error, SyntaxError, TypeError ...
    except Exception:
        return ExifFacts()
    try:
        taken_at = _camera_time(exif.get_ifd(IFD.Exif))
    except Exception:
        taken_at = None
    return ExifFacts(orientation, taken_at)


def turn_upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return ``image`` turned as its orientation tag (1 to 8) asks."""
    method = TRANSPOSE.get(orientation)
    return image if method is None else image.transpose(method)


def _orientation(exif: Mapping[int, object]) -> int:
    found = exif.get(Base.Orientation)
    return found if isinstance(found, int) and found in ORIENTATIONS else UPRIGHT


def _camera_time(exif: Mapping[int, object]) -> str | None:
    found = exif.get(Base.DateTimeOriginal)
    if not isinstance(found, str) or not CAMERA_TIME_SHAPE.fullmatch(found):
        return None
    try:
        datetime.strptime(found, CAMERA_TIME)
    except ValueError:
        return None
    return found
