"""Small things beside the product that the network took for a part of it."""

import cv2
import numpy as np
from numpy.typing import NDArray

SEEN = 0.3
"""The alpha from which a pixel joins its neighbours to a part."""
CRUMB = 0.1
"""Share of the largest part's area under which a part is not the product. On photos with true outlines any share
from 0.02 to 0.2 raises the overlap a little; a lid beside its jar is larger."""


def sweep(alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the matte (H, W) without its parts that are small beside the largest one."""
    _, parts, stats, _ = cv2.connectedComponentsWithStats((alpha > SEEN).astype(np.uint8), connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    crumbs = 1 + np.flatnonzero(areas < CRUMB * areas.max(initial=0))
    if len(crumbs) == 0:
        return alpha
    return np.where(np.isin(parts, crumbs), np.float32(0.0), alpha)
