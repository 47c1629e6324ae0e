"""What the background looks like where it is surely seen: along the frame."""

import cv2
import numpy as np
from numpy.typing import NDArray

STRIP = 0.03
"""Width of the strip along the frame that is sampled, as a share of the longer side."""
SURFACES = 3
"""How many kinds of background are told apart."""
SMALLEST = 0.08
"""A kind that holds less than this share of the strip is taken for the product's own, or for dirt."""
FLOOR = np.diag(np.array([9.0, 4.0, 4.0]))
"""Squared CIELAB units added to each kind's spread: a camera's noise and mild unevenness of the light."""


def border_distance(lab: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how unlike the frame's surroundings each pixel of a CIELAB photo (H, W, 3) is.

    Shape (H, W), in standard deviations (Mahalanobis) from the likest of up to three kinds of background, each
    with a tilted plane of light across the photo. The caller seeds OpenCV's random numbers: clustering draws.
    """
    height, width = lab.shape[:2]
    strip = max(2, round(STRIP * max(height, width)))
    sampled = np.ones((height, width), dtype=np.bool_)
    sampled[strip:-strip, strip:-strip] = False
    colours = lab[sampled]
    rows, columns = np.mgrid[-1.0 : 1.0 : height * 1j, -1.0 : 1.0 : width * 1j]
    plane = np.stack([np.ones((height, width)), rows, columns], axis=2)
    places = plane[sampled]

    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 10, 1.0)
    unset = np.empty(0, dtype=np.int32)
    _, kinds, _ = cv2.kmeans(colours, SURFACES, unset, stop, 1, cv2.KMEANS_PP_CENTERS)
    nearest = np.full((height, width), np.inf)
    for kind in range(SURFACES):
        chosen = kinds[:, 0] == kind
        if np.count_nonzero(chosen) < SMALLEST * len(colours):
            continue
        light, *_ = np.linalg.lstsq(places[chosen], colours[chosen], rcond=None)
        residual = colours[chosen] - places[chosen] @ light
        precision = np.linalg.inv(np.cov(residual.T) + FLOOR)
        away = lab - plane @ light
        nearest = np.minimum(nearest, np.einsum("hwi,ij,hwj->hw", away, precision, away))
    return np.asarray(np.sqrt(nearest), dtype=np.float32)
