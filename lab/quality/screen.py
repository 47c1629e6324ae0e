"""The screen: which photos are clean enough for a fault to be put into."""

import cv2
import numpy as np

from lab.quality.degradation import Pixels

SIDE = 512
LIGHT = (80.0, 175.0)
"""Mean luma, in levels."""
MOST_CLIPPED = 0.05
"""Share of the photo at luma 250 and above."""
LEAST_DETAIL = 60.0
"""Variance of the Laplacian at a longer side of 512 px: nine of ten sellers' photos have more."""


def is_clean(pixels: Pixels) -> bool:
    """Return whether a photo is lit and sharp, by plain statistics that none of the measures uses."""
    scale = SIDE / max(pixels.shape[:2])
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(luma, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    detail = float(np.asarray(cv2.Laplacian(small, cv2.CV_32F)).var())
    clipped = float((np.asarray(luma) >= 250).mean())
    return LIGHT[0] <= np.asarray(luma).mean() <= LIGHT[1] and clipped <= MOST_CLIPPED and detail >= LEAST_DETAIL
