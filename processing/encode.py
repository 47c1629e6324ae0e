"""Encode a finished picture: the recipe's format, sRGB said so, nothing else said, the same bytes every time."""

from io import BytesIO
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.recipe import RenditionSpec
from models.rendition import Rendition
from processing.colour import srgb_profile

MEDIA_TYPE: Final = {"JPEG": "image/jpeg", "WEBP": "image/webp", "PNG": "image/png"}
QUALITY_STEP: Final = 4
LEAST_QUALITY: Final = 40
"""Below it the blocks show; a recipe may ask for less by itself, but no size limit leads there."""
FULL_CHROMA_FROM: Final = 90
"""JPEG quality from which colour keeps its full resolution, which costs a fifth of the bytes."""


class RenditionTooLarge(Exception):
    """The file exceeds the rendition's ``max_bytes`` even at the least quality."""

    def __init__(self, name: str, found: int, wanted: int) -> None:
        super().__init__(f"{name}: {found} bytes at the least quality, at most {wanted}")
        self.name = name
        self.found = found
        self.wanted = wanted

    def __reduce__(self) -> tuple[type["RenditionTooLarge"], tuple[str, int, int]]:
        return type(self), (self.name, self.found, self.wanted)


def encode(pixels: NDArray[np.uint8], alpha: NDArray[np.float32] | None, spec: RenditionSpec) -> Rendition:
    """Encode pixels as the rendition that ``spec`` describes.

    The file carries an sRGB profile, since browsers on wide-gamut screens may show untagged colours too strong; it
    carries no EXIF, XMP, comment or time. The same input gives the same bytes.

    Parameters
    ----------
    pixels
        Shape (H, W, 3), sRGB; already of the size that ``spec`` gives.
    alpha
        Shape (H, W), in [0, 1]; ``None`` for an opaque file. The colour is not to be multiplied by it.
    spec
        Format, size in px, quality and the limit on bytes. Quality is lowered until the file fits.

    Raises
    ------
    ValueError
        If a size is not the spec's, or alpha is given for a JPEG.
    RenditionTooLarge
        If no quality down to LEAST_QUALITY fits ``spec.max_bytes``.
    """
    image = _picture(pixels, alpha, spec)
    qualities = [spec.quality]
    if spec.max_bytes is not None and spec.format != "PNG":
        qualities += range(spec.quality - QUALITY_STEP, LEAST_QUALITY - 1, -QUALITY_STEP)
    for quality in qualities:
        data = WRITERS[spec.format](image, quality)
        if spec.max_bytes is None or len(data) <= spec.max_bytes:
            lossy = None if spec.format == "PNG" else quality
            return Rendition(spec.name, MEDIA_TYPE[spec.format], spec.width, spec.height, data, lossy)
    raise RenditionTooLarge(spec.name, len(data), spec.max_bytes or 0)


def _picture(pixels: NDArray[np.uint8], alpha: NDArray[np.float32] | None, spec: RenditionSpec) -> Image.Image:
    if pixels.shape != (spec.height, spec.width, 3):
        raise ValueError(f"{spec.name}: pixels of shape {pixels.shape} for {spec.width} x {spec.height} px")
    if alpha is None:
        return Image.fromarray(pixels)
    if spec.format == "JPEG":
        raise ValueError(f"{spec.name}: JPEG has no transparency")
    if alpha.shape != pixels.shape[:2]:
        raise ValueError(f"{spec.name}: alpha of shape {alpha.shape} for {spec.width} x {spec.height} px")
    levels = np.round(np.clip(alpha, 0, 1) * 255).astype(np.uint8)
    return Image.fromarray(np.asarray(cv2.merge([*cv2.split(pixels), levels]), dtype=np.uint8))


def _jpeg(image: Image.Image, quality: int) -> bytes:
    # Progressive: 2 % smaller than an optimised baseline for 10 ms more at 1200 px, and soon seen on a slow line.
    chroma = "4:4:4" if quality >= FULL_CHROMA_FROM else "4:2:0"
    return _saved(image, "JPEG", quality=quality, progressive=True, subsampling=chroma)


def _webp(image: Image.Image, quality: int) -> bytes:
    # What lies under transparent pixels is left to the encoder, which smooths it: half the bytes of keeping it,
    # and colours at soft edges as true as inside. Method 2 takes half of method 4's time for 4 % more bytes.
    # At 70 alpha has sixteen levels, none further than 4 % from the true one, for a third of the time.
    return _saved(image, "WEBP", quality=quality, method=2, exact=False, alpha_quality=70)


def _png(image: Image.Image, quality: int) -> bytes:
    # Without loss, whatever the quality; level 3 takes a third of level 6's time for a seventh more bytes.
    return _saved(image, "PNG", compress_level=3)


def _saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, file_format, icc_profile=srgb_profile(), **options)
    return buffer.getvalue()


WRITERS: Final = {"JPEG": _jpeg, "WEBP": _webp, "PNG": _png}
