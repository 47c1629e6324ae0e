"""Whether the separate parts of a matte belong together, as two shoes do."""

import cv2
import numpy as np
from numpy.typing import NDArray

GAP = 2
"""px: parts that are up to twice this apart, as a bottle and its cap, count as one."""
ALIKE_AREA = 0.6
"""Share of the largest part's area that its like has at least."""
ALIKE_COLOUR = 12.0
"""CIELAB units between the mean colours of two parts up to which they are alike."""


def share_of_strangers(lab: NDArray[np.float32], product: NDArray[np.bool_]) -> float:
    """Return the share of ``product`` (H, W) in parts unlike the largest in size or colour, in [0, 1].

    0 where it hangs together, or is a pair; ``lab`` (H, W, 3) is the photo in CIELAB.
    """
    return int(strangers(lab, product).sum()) / max(1, int(product.sum()))


def strangers(lab: NDArray[np.float32], product: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where on ``product`` (H, W) those parts are; ``lab`` is as with :func:`share_of_strangers`."""
    count, parts = cv2.connectedComponents(join_parts(product), connectivity=8)
    if count <= 2:  # noqa: PLR2004 - the background, and at most one part
        return np.zeros_like(product)
    parts = np.where(product, parts, 0)
    areas = np.bincount(parts.ravel(), minlength=count)[1:]
    colours = np.stack([lab[parts == part].mean(axis=0) for part in range(1, count)])
    largest = int(np.argmax(areas))
    alike = (areas >= ALIKE_AREA * areas[largest]) & (
        np.linalg.norm(colours - colours[largest], axis=1) <= ALIKE_COLOUR
    )
    return np.asarray(np.concatenate(([False], ~alike))[parts], dtype=np.bool_)


def join_parts(product: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return a mask (H, W) of 0 and 1 in which parts that count as one hang together."""
    return np.asarray(
        cv2.dilate(product.astype(np.uint8), np.ones((2 * GAP + 1, 2 * GAP + 1), np.uint8)), np.uint8
    )
