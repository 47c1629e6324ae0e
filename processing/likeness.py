"""Likeness: whether two small pictures show the same photo."""

from io import BytesIO
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SAME = 0.82
"""Correlation of the detail from which two are the same photo: `lab.bench.copies` has the figures."""

ALIKE = 0.5
"""Correlation of the whole, as it lies, under which no crop of a few percent can make two the same."""

DETAIL = 2.5
"""px; what a Gaussian of this width takes away is what tells photos apart: the rest is how any product lies."""

LEVELS = ((16, 6), (32, 5), (64, 3))
"""Sides in px at which the crop is looked for, coarse to fine, and the steps at each."""

LARGEST_CHANGE = (0.18, 0.1)
"""Of a side's length, and of its place, in shares of the side: more is no copy cropped a little."""

LEAST_OVERLAP = 0.6
DAMPING = 0.05


class _Crop(NamedTuple):
    """Where one picture lies on the other, for each axis; shares of the side from the middle."""

    across: float = 1.0
    right: float = 0.0
    down: float = 1.0
    below: float = 0.0


def measure_likeness(one: bytes, other: bytes) -> float:
    """Return how far two small pictures of :class:`models.fingerprint.Fingerprint` agree in their detail.

    The crop that takes one to the other is found by least squares [1]_, with a free gain and offset of the light;
    then the detail of both is correlated over what they share.

    Returns
    -------
    float
        In [-1, 1]; :data:`SAME` and more is the same photo.

    References
    ----------
    .. [1] Lucas and Kanade, "An iterative image registration technique", IJCAI 1981, for scale and place.
    """
    first, second = _open(one), _open(other)
    if _correlation(_shrink(first, LEVELS[0][0]), _shrink(second, LEVELS[0][0])) < ALIKE:
        return 0.0
    crop = _Crop()
    for side, steps in LEVELS:
        crop = _approach(_shrink(first, side), _shrink(second, side), crop, steps)
    moved, shared = _laid_on(second, crop)
    inner = cv2.erode(shared.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return _correlation(_detail(first)[inner], _detail(moved)[inner])


def _open(picture: bytes) -> NDArray[np.float32]:
    with Image.open(BytesIO(picture)) as opened:
        return np.asarray(opened.convert("L"), dtype=np.float32)


def _shrink(luma: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(luma, (side, side), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _detail(luma: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(luma - cv2.GaussianBlur(luma, (0, 0), DETAIL), dtype=np.float32)


def _correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    first, second = one.ravel() - one.mean(), other.ravel() - other.mean()
    norms = float(np.linalg.norm(first)) * float(np.linalg.norm(second))
    return float(first @ second) / norms if norms > 0 else 0.0


def _laid_on(luma: NDArray[np.float32], crop: _Crop) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return a picture as the crop shows it, and where there is something of it."""
    side = luma.shape[0]
    middle = (side - 1) / 2
    across = (crop.across, 0.0, middle - middle * crop.across + crop.right * side)
    down = (0.0, crop.down, middle - middle * crop.down + crop.below * side)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    matrix = np.array([across, down], np.float32)
    moved = cv2.warpAffine(luma, matrix, (side, side), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    places = np.arange(side)
    from_left, from_top = across[0] * places + across[2], down[1] * places + down[2]
    within = ((each >= 0) & (each <= side - 1) for each in (from_top, from_left))
    return np.asarray(moved, dtype=np.float32), np.logical_and.outer(*within)


def _approach(first: NDArray[np.float32], second: NDArray[np.float32], crop: _Crop, steps: int) -> _Crop:
    """Improve the crop that ``second`` must have to look like ``first``, by Gauss-Newton steps."""
    side = first.shape[0]
    from_middle = np.arange(side, dtype=np.float32) - (side - 1) / 2
    for _ in range(steps):
        moved, shared = _laid_on(second, crop)
        if shared.mean() < LEAST_OVERLAP:
            break
        slope_x = cv2.Sobel(moved, cv2.CV_32F, 1, 0, scale=1 / 8) / crop.across
        slope_y = cv2.Sobel(moved, cv2.CV_32F, 0, 1, scale=1 / 8) / crop.down
        turned = (slope_x * from_middle, slope_x * side, slope_y * from_middle[:, None], slope_y * side)
        slopes = np.stack([each[shared] for each in turned], axis=1)
        wanted, found = first[shared] - first[shared].mean(), moved[shared] - moved[shared].mean()
        gain = float(wanted @ found) / max(float(found @ found), 1e-6)
        slopes = gain * (slopes - slopes.mean(axis=0))
        squares = slopes.T @ slopes
        # Plain pictures leave some of the four open; damping keeps those where they are.
        damped = squares + DAMPING * np.diag(np.diag(squares) + 1e-3 * np.trace(squares) + 1e-6)
        change = np.linalg.solve(damped, slopes.T @ (wanted - gain * found))
        crop = _within_reason(np.array(crop) + change)
    return crop


def _within_reason(crop: NDArray[np.float64]) -> _Crop:
    scale, shift = LARGEST_CHANGE
    most = np.array([1 + scale, shift, 1 + scale, shift])
    return _Crop(*(float(each) for each in np.clip(crop, np.array([1 - scale, -shift, 1 - scale, -shift]), most)))
