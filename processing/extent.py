"""How far the product reaches, and at which sides the photo's own edge cuts it off."""

from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

SUPPORT = 0.02
"""Alpha above this is product. Below it a matte says little more than its own rounding (5 of 255 levels)."""

SOLID = 0.5
"""Alpha above this is more product than background."""

MIN_CONTACT = 0.04
"""Share of a photo's side that solid product must touch to count as cut off there; less is a tip or a speck."""


class Side(StrEnum):
    """The sides of a photo or frame."""

    LEFT = "left"
    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"


def outer_corners(alpha: NDArray[np.float32], threshold: float) -> NDArray[np.float64]:
    """Return corners of pixels with ``alpha > threshold`` that no other such pixel lies outside of.

    Parameters
    ----------
    alpha
        Shape (H, W), in [0, 1].
    threshold
        In [0, 1].

    Returns
    -------
    NDArray[np.float64]
        Shape (N, 2), x and y in fractions of width and height; their convex hull holds every such pixel
        whole. N is 0 where there is none.
    """
    height, width = alpha.shape
    inside = alpha > threshold
    rows = np.flatnonzero(inside.any(axis=1))
    first = inside[rows].argmax(axis=1)
    last = width - inside[rows, ::-1].argmax(axis=1)
    x = np.concatenate([first, first, last, last]) / width
    y = np.concatenate([rows, rows + 1, rows, rows + 1]) / height
    return np.stack([x, y], axis=1)


def contacts(alpha: NDArray[np.float32]) -> dict[Side, float]:
    """Return for each side of the photo the share of its length that solid product touches, in [0, 1].

    ``alpha`` has shape (H, W), in [0, 1]. A narrow border is looked at rather than the last row alone, since
    networks are often unsure of it.
    """
    height, width = alpha.shape
    deep = max(1, round(0.006 * max(height, width)))
    solid = alpha > SOLID
    return {
        Side.LEFT: float(solid[:, :deep].any(axis=1).mean()),
        Side.TOP: float(solid[:deep].any(axis=0).mean()),
        Side.RIGHT: float(solid[:, -deep:].any(axis=1).mean()),
        Side.BOTTOM: float(solid[-deep:].any(axis=0).mean()),
    }


def cut_sides(alpha: NDArray[np.float32]) -> frozenset[Side]:
    """Return the sides at which the photo's edge cuts the product off; ``alpha`` has shape (H, W), in [0, 1]."""
    return frozenset(side for side, share in contacts(alpha).items() if share >= MIN_CONTACT)


def main_part(alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the largest connected solid part of ``alpha`` (shape (H, W), in [0, 1]) as 0 and 1, same shape."""
    solid = (alpha > SOLID).astype(np.uint8)
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    if count < 2:  # noqa: PLR2004 - the background alone
        return solid
    largest = 1 + int(statistics[1:, cv2.CC_STAT_AREA].argmax())
    return np.asarray(labels == largest, dtype=np.uint8)


def main_outline(alpha: NDArray[np.float32], width: int, height: int, side: int) -> NDArray[np.uint8]:
    """Return :func:`main_part` of an alpha (h, w) of any size in a picture's own proportions.

    ``width`` and ``height`` are the picture's; the longer side of what is returned has ``side`` px.
    """
    scale = side / max(width, height)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    return main_part(np.clip(cv2.resize(alpha, size, interpolation=cv2.INTER_LINEAR), 0.0, 1.0))
