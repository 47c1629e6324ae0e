"""Places: where on a photo lines of text stand."""

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pyclipper
from numpy.typing import NDArray

from processing.read.network import open_network, show

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

STRIDE = 32
"""px that the network's sides are whole multiples of."""
TEXT, LINE = 0.3, 0.5
"""Probability from which a pixel is text, and mean probability from which a patch of such pixels is a line."""
GROWTH = 1.6
"""A line reaches beyond what the network marks by this times its area over its circumference [1]_."""
THINNEST, SMALLEST = 3, 5
"""px; shorter side of a patch, and of the line around it, under which it is none."""
MOST = 1000
SAME_ROW = 10
"""px between the upper left corners of two lines, one under the other, up to which they are in one row."""


def find_places(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the corners (N, 4, 2) in px of all lines of text, by rows from top to bottom, from left to right.

    Parameters
    ----------
    pixels
        Blue, green, red: shape (H, W, 3), of the size at which text is looked for.

    Returns
    -------
    NDArray[np.float32]
        Whole numbers; the corners of a line go clockwise from its upper left one.

    References
    ----------
    .. [1] Liao et al., "Real-time scene text detection with differentiable binarization", AAAI 2020.
    """
    height, width = pixels.shape[:2]
    size = round(width / STRIDE) * STRIDE, round(height / STRIDE) * STRIDE
    if min(size) == 0:
        return np.zeros((0, 4, 2), np.float32)
    shown = np.asarray(cv2.resize(pixels, size), dtype=np.uint8)
    (likely,) = _network().run(None, {_network().get_inputs()[0].name: show(shown)[None]})
    text = cv2.dilate((likely[0, 0] > TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    patches, _ = cv2.findContours(text * 255, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    scale = width / size[0], height / size[1]
    found = (_line(np.asarray(patch), likely[0, 0], scale, (width, height)) for patch in patches[:MOST])
    return _in_rows([line for line in found if line is not None])


@cache
def _network() -> "InferenceSession":
    return open_network("det")


def _line(
    patch: NDArray[np.int32], likely: NDArray[np.float32], scale: tuple[float, float], size: tuple[int, int]
) -> NDArray[np.float32] | None:
    """Return the corners of the line around a patch, or ``None`` where it is none."""
    core, thickness = _rectangle(patch)
    if thickness < THINNEST or _mean_within(core, likely) < LINE:
        return None
    grown = _grow(core)
    if grown is None:
        return None
    corners, thickness = _rectangle(grown)
    if thickness < SMALLEST:
        return None
    whole, shown = np.array(size, np.float32), np.array(likely.shape[::-1], np.float32)
    placed = _clockwise(np.clip(np.round(corners / shown * whole), 0, whole).astype(np.float32))
    line = np.minimum(placed, whole - 1)
    sides = int(np.linalg.norm(line[0] - line[1])), int(np.linalg.norm(line[0] - line[3]))
    return line if min(sides) > THINNEST else None


def _rectangle(points: NDArray[np.int32]) -> tuple[NDArray[np.float32], float]:
    """Return the corners (4, 2) of the narrowest rectangle around points, clockwise, and its shorter side."""
    around = cv2.minAreaRect(points)
    corners = sorted(cv2.boxPoints(around), key=lambda corner: float(corner[0]))
    (top_left, bottom_left), (top_right, bottom_right) = (
        pair if pair[1][1] > pair[0][1] else pair[::-1] for pair in (corners[:2], corners[2:])
    )
    return np.array([top_left, top_right, bottom_right, bottom_left], np.float32), float(min(around[1]))


def _clockwise(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the corners of a rectangle in whole px, from the upper one of its two on the left."""
    by_left = corners[np.argsort(corners[:, 0])]
    left, right = (pair[np.argsort(pair[:, 1])] for pair in (by_left[:2], by_left[2:]))
    return np.stack([left[0], right[0], right[1], left[1]])


def _mean_within(core: NDArray[np.float32], likely: NDArray[np.float32]) -> float:
    """Return the mean probability within a rectangle."""
    last = np.array(likely.shape[::-1]) - 1
    first = np.clip(np.floor(core.min(axis=0)).astype(np.int32), 0, last)
    end = np.clip(np.ceil(core.max(axis=0)).astype(np.int32), 0, last) + 1
    within = np.zeros(tuple((end - first)[::-1]), np.uint8)
    cv2.fillPoly(within, [(core - first.astype(np.float32)).astype(np.int32)], 1)
    return float(cv2.mean(likely[first[1] : end[1], first[0] : end[0]], within)[0])


def _grow(core: NDArray[np.float32]) -> NDArray[np.int32] | None:
    """Return the outline (N, 2) of a rectangle grown by GROWTH."""
    x, y = core.astype(np.float64).T
    area = abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
    circumference = float(np.hypot(x - np.roll(x, -1), y - np.roll(y, -1)).sum())
    offset = pyclipper.PyclipperOffset()
    offset.AddPath(core, pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    outlines = offset.Execute(area * GROWTH / circumference)
    return np.array(outlines[0], np.int32) if outlines else None


def _in_rows(lines: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Return the lines in the order in which one reads them."""
    if not lines:
        return np.zeros((0, 4, 2), np.float32)
    from_top = sorted(lines, key=lambda line: float(line[0, 1]))
    tops = np.array([line[0, 1] for line in from_top])
    rows = np.concatenate([[0], np.cumsum(np.diff(tops) >= SAME_ROW)])
    order = np.lexsort(([line[0, 0] for line in from_top], rows))
    return np.stack([from_top[place] for place in order])
