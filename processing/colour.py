"""ICC profiles: colours into sRGB, and the profile that says so."""

from functools import cache
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image, ImageCms

UNUSABLE_PROFILE: Final = "unusable"
"""Said of an embedded profile that is broken or of another kind than the pixels; the colours are taken as sRGB."""

CREATED: Final = slice(24, 36)
"""Where an ICC profile's header has the time of its making (ICC.1:2022, 7.2.8)."""
CUBE: Final = 9
SAME_COLOUR: Final = 1
"""Levels by which a profile may differ from sRGB and still count as sRGB."""


def to_srgb(image: Image.Image, icc: bytes | None) -> tuple[Image.Image, str | None]:
    """Bring colours into sRGB by LittleCMS, with the perceptual intent.

    Parameters
    ----------
    image
        In mode L, RGB or CMYK.
    icc
        The profile that the file has embedded. Without one, grey and RGB count as sRGB already, and CMYK is
        mixed as plain ink.

    Returns
    -------
    tuple
        The image in mode RGB; and the profile's description, UNUSABLE_PROFILE, or ``None`` without one.
    """
    if icc is None:
        return image if image.mode == "RGB" else image.convert("RGB"), None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        space = profile.profile.xcolor_space.strip()
        if space == "RGB" and image.mode == "L":
            image = image.convert("RGB")
        if space != {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}[image.mode]:
            return image.convert("RGB"), UNUSABLE_PROFILE
        transform = ImageCms.buildTransform(
            profile, ImageCms.createProfile("sRGB"), image.mode, "RGB", ImageCms.Intent.PERCEPTUAL
        )
        description = ImageCms.getProfileDescription(profile).strip()
        if image.mode == "RGB" and _keeps_colours(transform):
            return image, description
        return transform.apply(image), description
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image.convert("RGB"), UNUSABLE_PROFILE


@cache
def srgb_profile() -> bytes:
    """Return an sRGB ICC profile, the same bytes at every call and in every process."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[CREATED] = bytes(len(profile[CREATED]))
    return bytes(profile)


def _keeps_colours(transform: ImageCms.ImageCmsTransform) -> bool:
    """Return True when a transform from RGB to RGB leaves a cube of colours as it is."""
    axis = np.linspace(0, 255, CUBE).astype(np.uint8)
    cube = np.stack(np.meshgrid(axis, axis, axis), axis=-1).reshape(CUBE, -1, 3)
    turned = np.asarray(transform.apply(Image.fromarray(cube)))
    return int(np.abs(turned.astype(int) - cube).max()) <= SAME_COLOUR
