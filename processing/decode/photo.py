"""Decode one photo."""

from pathlib import PurePosixPath
from typing import Final

import numpy as np
from PIL import Image

from models.picture import Picture, Source
from models.rejection import PhotoRejected, RejectionReason
from processing.colour import to_srgb
from processing.decode.animation import moves
from processing.decode.channels import colours_of, to_plain_channels
from processing.decode.completeness import is_cut_short
from processing.decode.exif import SIDEWAYS, read_exif, turn_upright
from processing.decode.extension import check_extension
from processing.decode.limits import DecodeLimits, check_bytes, check_pixels
from processing.decode.opening import Opened, open_image
from processing.decode.premature_end import ends_prematurely
from processing.decode.signature import recognise

JPEG_SCALES: Final = (8, 4, 2, 1)
"""By how much Pillow can have a JPEG decoded smaller."""


def decode(data: bytes, *, name: str, min_side: int, limits: DecodeLimits = DecodeLimits()) -> Picture:  # noqa: B008
    """Decode a photo to upright sRGB pixels.

    JPEG (MPO too), PNG, WebP, AVIF, HEIC, TIFF, BMP and GIF are taken; of several frames the first. Transparency
    is flattened onto white. A photo larger than wanted is decoded or reduced by a whole factor.

    Parameters
    ----------
    data
        The file's bytes.
    name
        The file's name; its extension, if it has one, must fit the content.
    min_side
        The shorter side in px that reducing keeps at least, where the photo has it.
    limits
        What the file may weigh and measure.

    Raises
    ------
    PhotoRejected
        With the reason why the file cannot be used. Nothing else, whatever the bytes are.
    """
    check_bytes(data, limits)
    file_format = recognise(data)
    check_extension(name, file_format)
    try:
        opened = open_image(data, file_format, limits)
        check_pixels(opened.image.size, limits)
        stored_colours = colours_of(opened.image)
        stored, image = _load(opened, min_side)
    except PhotoRejected:
        raise
    # Decoders raise whatever a broken file leads them to: OSError, SyntaxError, struct.error, MemoryError ...
    except Exception as error:
        reason = RejectionReason.TRUNCATED if _is_truncated(error, data, file_format) else RejectionReason.CORRUPT
        raise PhotoRejected(reason, f"{file_format}: {type(error).__name__}: {str(error).strip()}") from error
    exif = opened.exif or read_exif(opened.image)
    width, height = stored
    if not opened.turned:
        image = turn_upright(image, exif.orientation)
        width, height = stored[::-1] if exif.orientation in SIDEWAYS else stored
    colours, alpha = _split_alpha(image)
    colours, profile = to_srgb(colours, opened.icc)
    if alpha is not None:
        colours = Image.composite(colours, Image.new("RGB", colours.size, "white"), alpha)
    return Picture(
        pixels=np.asarray(colours),
        source=Source(
            format=file_format,
            width=width,
            height=height,
            bytes=len(data),
            orientation=exif.orientation,
            profile=profile,
            taken_at=exif.taken_at,
            had_alpha=alpha is not None,
            colours=stored_colours,
            moves=moves(opened.image, data, file_format),
            extension=PurePosixPath(name).suffix.lower(),
        ),
    )


def _load(opened: Opened, min_side: int) -> tuple[tuple[int, int], Image.Image]:
    """Return the stored size in px, and the pixels in plain 8-bit channels, no larger than need be."""
    image = opened.image
    if opened.jpeg is not None:
        stored = image.size
        scale = next(scale for scale in JPEG_SCALES if scale == 1 or min(stored) // scale >= min_side)
        image.draft(None, (stored[0] // scale, stored[1] // scale))
        image.load()
        if ends_prematurely(image, opened.jpeg):
            raise PhotoRejected(RejectionReason.TRUNCATED, "JPEG: the scan ends before the picture does")
        return stored, to_plain_channels(image)
    image.load()
    factor = min(image.size) // min_side
    plain = to_plain_channels(image)
    return image.size, plain.reduce(factor) if factor > 1 else plain


def _is_truncated(error: Exception, data: bytes, file_format: str) -> bool:
    return "truncated" in str(error).lower() or is_cut_short(data, file_format)


def _split_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Return the colours and, if anything is transparent at all, the alpha channel."""
    if image.mode not in {"LA", "RGBA"}:
        return image, None
    alpha = image.getchannel("A")
    colours = image.convert(image.mode[:-1])
    return colours, None if alpha.getextrema() == (255, 255) else alpha
