"""How far a straight-edged product leans, where its outline tells."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.extent import main_outline

MIN_RECTANGULARITY = 0.88
"""Share of its upright-turned rectangle that the product's hull fills; a shoe fills 0.7, a jar 0.9."""

MIN_STRAIGHT = 0.6
"""Share of the hull's length that runs along or across the tilt; a trapezoid's slanting sides do not."""

ALIGNED = 1.5
"""Degrees by which an edge may differ from the tilt and still speak for it."""

SMALLEST = 0.4
"""Degrees under which straightening would cost sharpness and show nothing."""

WORKING_SIDE = 512
"""px; the outline is followed at this size at most, where a tilt of 0.4 degrees moves an edge by 3 px."""

_RIGHT_ANGLE = 90.0


def measure_tilt(alpha: NDArray[np.float32], width: int, height: int) -> float | None:
    """Return by how many degrees the product leans clockwise, or None where its outline does not tell.

    Only a product whose convex hull is nearly a rectangle, with most of its length along or across one
    direction, has a tilt that can be told from its shape.

    Parameters
    ----------
    alpha
        Shape (h, w) of any size, in [0, 1].
    width, height
        Of the picture, in px: its aspect is what angles are measured in.

    Returns
    -------
    float | None
        In degrees within (-45, 45]; positive is clockwise as seen on the photo.
    """
    mask = main_outline(alpha, width, height, WORKING_SIDE)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    hull = cv2.convexHull(max(contours, key=len))
    (_, (across, along), turned) = cv2.minAreaRect(hull)
    if across * along == 0 or cv2.contourArea(hull) / (across * along) < MIN_RECTANGULARITY:
        return None
    polygon = cv2.approxPolyDP(hull, 1.0, closed=True)[:, 0].astype(np.float64)
    edges = np.roll(polygon, -1, axis=0) - polygon
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    angles = np.degrees(np.arctan2(edges[:, 1], edges[:, 0]))
    aside = _to_quarter(angles - turned)
    aligned = np.abs(aside) <= ALIGNED
    if lengths[aligned].sum() < MIN_STRAIGHT * lengths.sum():
        return None
    mean_aside = float(np.average(aside[aligned], weights=lengths[aligned]))
    return float(_to_quarter(np.asarray(turned + mean_aside)))


def _to_quarter(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring angles into (-45, 45] by quarter turns."""
    return -((_RIGHT_ANGLE / 2 - degrees) % _RIGHT_ANGLE - _RIGHT_ANGLE / 2)
