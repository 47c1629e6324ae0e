"""How clearly the product's outline shows in the photo's colours."""

import cv2
import numpy as np
from numpy.typing import NDArray

RING = 3
"""px on either side of the outline in which colours are compared."""
NEAR = (0.2, 0.8)
"""Share of product in a window from which, and up to which, its middle lies on the outline."""


def contrast_across(lab: NDArray[np.float32], product: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the colour difference between the two sides at every pixel (N,) of the outline, in CIELAB units.

    ``lab`` has shape (H, W, 3), ``product`` (H, W). A single 0 where there is no outline.
    """
    mask = product.astype(np.float32)
    window = (2 * RING + 1, 2 * RING + 1)
    cover = cv2.blur(mask, window)
    at_outline = (cover > NEAR[0]) & (cover < NEAR[1])
    if not at_outline.any():
        return np.zeros(1, dtype=np.float32)
    within = cv2.blur(lab * mask[..., None], window)[at_outline] / cover[at_outline][:, None]
    beyond = cv2.blur(lab * (1.0 - mask)[..., None], window)[at_outline] / (1.0 - cover[at_outline])[:, None]
    return np.asarray(np.linalg.norm(within - beyond, axis=1), dtype=np.float32)
