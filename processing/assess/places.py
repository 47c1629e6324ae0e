"""Places: where on a photo something was found, as rectangles to be marked."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.geometry import Box

MOST = 3
"""Places: more marks than that hide the photo."""


def places_of(mask: NDArray[np.bool_] | NDArray[np.uint8]) -> tuple[Box, ...]:
    """Return a rectangle around each of the largest connected parts of a mask (H, W), the largest first."""
    height, width = mask.shape
    _, _, figures, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    parts = sorted(figures[1:].tolist(), key=lambda part: -part[cv2.CC_STAT_AREA])
    return tuple(
        Box(left=left / width, top=top / height, right=(left + wide) / width, bottom=(top + high) / height)
        for left, top, wide, high, _ in parts[:MOST]
    )
