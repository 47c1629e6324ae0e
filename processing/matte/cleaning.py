"""Crumbs swept away and false holes closed; real ones, in rings and under handles, kept."""

import cv2
import numpy as np
from numpy.typing import NDArray

CRUMB = 0.05
"""A part smaller than this share of the largest is dirt, or a mistake."""
PINHOLE = 0.002
"""A hole smaller than this share of the product is a glint or a mistake."""
LIKE_BACKGROUND = 5.0
"""Standard deviations from the background (its median over the hole) up to which a hole shows it: under a handle
it lies in the product's own shade."""


def clean(product: NDArray[np.bool_], unlikeness: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return ``product`` (H, W) without crumbs, its holes filled unless the background shows through them.

    ``unlikeness`` (H, W) is :func:`processing.matte.border.border_distance` of the same photo.
    """
    count, parts, stats, _ = cv2.connectedComponentsWithStats(product.astype(np.uint8), connectivity=8)
    if count == 1:
        return product
    areas = stats[:, cv2.CC_STAT_AREA].copy()
    areas[0] = 0
    kept = np.isin(parts, np.flatnonzero(areas >= max(1.0, CRUMB * areas.max())))
    size = int(np.count_nonzero(kept))

    count, gaps, stats, _ = cv2.connectedComponentsWithStats((~kept).astype(np.uint8), connectivity=4)
    rim = np.concatenate([gaps[0], gaps[-1], gaps[:, 0], gaps[:, -1]])
    for gap in np.setdiff1d(np.arange(1, count), rim):
        hole = gaps == gap
        if stats[gap, cv2.CC_STAT_AREA] < PINHOLE * size or np.median(unlikeness[hole]) > LIKE_BACKGROUND:
            kept |= hole
    return kept
