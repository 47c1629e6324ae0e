"""Subject: a photo reduced to the size at which all photos are judged alike."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.matte import Matte
from models.picture import Picture
from processing.extent import SOLID

WORKING_SIDE = 512
"""px; a fixed scale, so that a 12-megapixel and a 1-megapixel photo are judged alike."""

CENTRAL = 0.2
"""Share left off on each side where the product is not known: what is sold is mostly in the middle."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A photo at working scale, and where on it the product is."""

    pixels: NDArray[np.uint8]
    """sRGB, shape (H, W, 3), its longer side at most WORKING_SIDE."""
    product: NDArray[np.bool_]
    """Shape (H, W): the product, or the middle of the photo where it is not known."""
    alpha: NDArray[np.float32] | None
    """Shape (h, w) of any size, in [0, 1]; ``None`` where nothing reliable is known of the product."""


def reduce(picture: Picture, matte: Matte, min_trust: float) -> Subject:
    """Return the photo at working scale; a matte trusted less than ``min_trust``, or empty, is not used."""
    scale = min(1.0, WORKING_SIDE / max(picture.width, picture.height))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    pixels = _shrink(picture.pixels, size)
    if matte.trust >= min_trust:
        product = cv2.resize(matte.alpha, size, interpolation=cv2.INTER_AREA) > SOLID
        if product.any():
            return Subject(pixels, product, matte.alpha)
    across, down = int(CENTRAL * size[0]), int(CENTRAL * size[1])
    product = np.zeros((size[1], size[0]), dtype=np.bool_)
    product[down : size[1] - down, across : size[0] - across] = True
    return Subject(pixels, product, None)


def _shrink(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Average down to ``size``, by a whole factor first: that is ten times faster, and averages the same."""
    factor = min(pixels.shape[1] // size[0], pixels.shape[0] // size[1])
    if factor > 1:
        whole = (pixels.shape[1] // factor, pixels.shape[0] // factor)
        pixels = np.asarray(cv2.resize(pixels, whole, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
