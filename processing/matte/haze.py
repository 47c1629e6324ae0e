"""What of a matte is too faint to be seen, and lies too far from the product to be its outline."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.extent import SOLID
from processing.matte.refine import SURE

OUTLINE = 4
"""px: what is faint and farther than this from the product is no outline of it."""


def without_haze(alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a matte, shape (H, W) in [0, 1], without what refining takes for nothing.

    The product's own soft outline stays. Nobody sees the rest, but the product would be framed by it.
    """
    kernel = np.ones((2 * OUTLINE + 1, 2 * OUTLINE + 1), np.uint8)
    outlined = cv2.dilate((alpha > SOLID).astype(np.uint8), kernel) > 0
    return np.where(outlined | (alpha >= SURE), alpha, np.float32(0.0))
