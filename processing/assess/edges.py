"""Edges: where light changes in one step, and how wide the blur of that step is."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FINE, COARSE = 0.8, 1.6
"""px; the two re-blurs that are compared: the finer quiets noise and JPEG's blocks, and both fit in an edge."""

WIDE = 3.2
"""px; a third re-blur, which tells a step from a stripe: only a step fades as slowly as a step does."""

STRIPE = 1.25
"""By how much a step may fade faster than theory before it is taken for a stripe, whose period hides a blur."""

WEAK, STRONG = 1.0, 2.0
"""Levels per px after the coarser re-blur; Canny's thresholds. Weaker is noise and shading, which tell nothing of
focus; with stronger ones a heavy blur leaves no edge to measure."""

WIDEST = 6.0
"""px; the largest blur that is told apart."""

ROOM = 14
"""px beside what is looked at that its re-blurs reach."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Pixels on steps of light."""

    variance: NDArray[np.float32]
    """Shape (N,), px squared: of the blur across each."""
    direction: NDArray[np.float32]
    """Shape (N,), radians in [0, pi): along which light changes; x to the right, y down."""


def find_edges(luma: NDArray[np.uint8], near: NDArray[np.bool_]) -> Edges:
    """Return the steps of light on a photo and how blurred each is.

    An edge that is already as wide as ``s`` loses little by a further blur. Its gradient after two re-blurs gives
    ``s`` [1]_: with ``R`` the ratio of the gradients after blurs of ``a`` < ``b``,
    ``s^2 = (b^2 - R^2 a^2) / (R^2 - 1)``. That holds for a lone step. Stripes, lace and weave fade
    as their period has it, sharp or not. They are left out: only a step's inverse squared gradient is a straight
    line over the square of the re-blur.

    Parameters
    ----------
    luma
        Shape (H, W).
    near
        Shape (H, W): where to look; one px beside it counts as well, so that outlines do.

    References
    ----------
    .. [1] Zhuo and Sim, "Defocus map estimation from a single image", Pattern Recognition 44(9), 2011.
    """
    around = _around(near)
    if not near[around].size:
        return Edges(np.zeros(0, np.float32), np.zeros(0, np.float32))
    levels, near = luma[around].astype(np.float32), near[around]
    coarse_x, coarse_y = _gradient(levels, COARSE)
    edges = cv2.Canny(_fixed(coarse_x), _fixed(coarse_y), 64 * WEAK, 64 * STRONG, L2gradient=True)
    at = np.nonzero(cv2.bitwise_and(edges, cv2.dilate(near.astype(np.uint8), np.ones((3, 3), np.uint8)) * 255))
    x, y = coarse_x[at], coarse_y[at]
    coarse = np.maximum(np.hypot(x, y), 1e-3)
    fine, wide = (
        np.maximum((along_x[at] * x + along_y[at] * y) / coarse, 1e-3)
        for along_x, along_y in (_gradient(levels, FINE), _gradient(levels, WIDE))
    )
    slope = np.maximum(1 / coarse**2 - 1 / fine**2, 0) / (COARSE**2 - FINE**2)
    steps = 1 / wide**2 <= STRIPE * (1 / coarse**2 + slope * (WIDE**2 - COARSE**2))
    ratio = (fine / coarse)[steps]
    variance = (COARSE**2 - ratio**2 * FINE**2) / np.maximum(ratio**2 - 1, 1e-3)
    return Edges(
        np.where(ratio > 1, np.clip(variance, 0, WIDEST**2), WIDEST**2).astype(np.float32),
        (np.arctan2(y, x)[steps] % np.pi).astype(np.float32),
    )


def _around(near: NDArray[np.bool_]) -> tuple[slice, slice]:
    """Return the rectangle in which there is something to look at, with room for the widest re-blur."""
    down, across = (np.flatnonzero(near.any(axis=axis)) for axis in (1, 0))
    if not len(down):
        return slice(0), slice(0)
    return slice(max(0, down[0] - ROOM), down[-1] + ROOM + 1), slice(
        max(0, across[0] - ROOM), across[-1] + ROOM + 1
    )


def _gradient(levels: NDArray[np.float32], sigma: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the gradients along x and y, in levels per px, after a blur of ``sigma`` px."""
    smooth = cv2.GaussianBlur(levels, (0, 0), sigma)
    along_x = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
    along_y = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(along_x, dtype=np.float32), np.asarray(along_y, dtype=np.float32)


def _fixed(gradient: NDArray[np.float32]) -> NDArray[np.int16]:
    """Return the gradient in 64ths of a level, as Canny takes it."""
    return np.asarray(np.rint(gradient * 64), dtype=np.int16)
