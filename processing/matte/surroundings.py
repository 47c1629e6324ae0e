"""What surrounds a product in its photo: whether the network's hesitation has a reason that a person can see."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.channels import colours_where

SMOOTHING = 1.5
"""px; standard deviation of the blur that quiets grain and weave."""
EDGE = 2.4
"""CIELAB units per px from which two neighbouring places are of two colours."""
RIM = 5
"""px around the product that are left out: its shadow, and the matte's own error."""


def measure_surroundings(lab: NDArray[np.float32], product: NDArray[np.bool_]) -> dict[str, float]:
    """Return what is around ``product`` (H, W) in a photo, CIELAB (H, W, 3).

    ``apart``: CIELAB units between the median colours of the product and of the rest. ``clutter``: share of the
    rest that lies at an edge between two colours, in [0, 1]. No rest is neither near in colour nor cluttered.
    """
    reach = np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)
    rest = cv2.dilate(product.astype(np.uint8), reach) == 0
    if not rest.any():
        return {"apart": 100.0, "clutter": 0.0}
    smooth = cv2.GaussianBlur(lab, (0, 0), SMOOTHING)
    across = np.diff(smooth, axis=1, append=smooth[:, -1:])
    down = np.diff(smooth, axis=0, append=smooth[-1:])
    light, green_red, blue_yellow = cv2.split(across**2 + down**2)
    steep = np.sqrt(light + green_red + blue_yellow) > EDGE
    distance = np.median(colours_where(lab, product), axis=0) - np.median(colours_where(lab, rest), axis=0)
    return {"apart": float(np.linalg.norm(distance)), "clutter": float(steep[rest].mean())}
