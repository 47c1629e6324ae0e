"""The ground beyond a photo's edge, for faults that show more of it than the photo does."""

import cv2
import numpy as np
from numpy.typing import NDArray

from lab.quality.degradation import Pixels, Scene

SIDE = 160
"""px of the small picture on which the ground is led on under the product."""
AROUND = 5
"""px of it around the product that are ground no more: its shadow, and the matte's own error."""


def look_beyond(scene: Scene, onto: NDArray[np.float64], size: tuple[int, int]) -> Pixels:
    """Return the photo moved by ``onto``, shape (2, 3), on a canvas of this width and height.

    Where it does not reach, its ground goes on as in a mirror, without the product.
    """
    height, width = scene.pixels.shape[:2]
    moved = cv2.warpAffine(scene.pixels, onto, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    ground = cv2.warpAffine(_bare(scene), onto, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT)
    shown = cv2.warpAffine(np.ones((height, width), np.uint8), onto, size, flags=cv2.INTER_NEAREST) > 0
    return np.where(shown[..., None], moved, ground).astype(np.uint8)


def _bare(scene: Scene) -> Pixels:
    """Return the photo without its product: what lies around it is led on, smoothly."""
    height, width = scene.pixels.shape[:2]
    scale = SIDE / max(height, width)
    small = cv2.resize(scene.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    product = cv2.resize(scene.alpha, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_AREA) > 0.1
    hidden = cv2.dilate(product.astype(np.uint8), np.ones((2 * AROUND + 1, 2 * AROUND + 1), np.uint8))
    filled = cv2.resize(cv2.inpaint(small, hidden, AROUND, cv2.INPAINT_TELEA), (width, height))
    soft = cv2.resize(cv2.GaussianBlur(hidden.astype(np.float32), (0, 0), 1), (width, height))[..., None]
    return np.rint(scene.pixels + (filled - scene.pixels.astype(np.float32)) * soft).astype(np.uint8)
