"""Sharpness: whether the product itself is in focus."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.severity import severity
from processing.assess.subject import WORKING_SIDE, Subject

FINE, COARSE = 0.8, 1.6
"""px; the two re-blurs that are compared: the finer quiets noise and JPEG's blocks, and both fit in an edge."""

WEAK_EDGE, STRONG_EDGE = 1.0, 2.0
"""Levels per px after the coarser re-blur; Canny's thresholds. Weaker is noise and shading, which tell nothing of
focus; with stronger ones a heavy blur leaves no edge to measure."""

FEWEST = 60
"""Edge px within the product under which it is too plain to tell, such as a white plate on a white cloth."""

FEWEST_OF_A_DIRECTION = 20
"""Edge px of one direction under which that direction is not judged."""

FEWEST_PIXELS = 400
"""px; longer side of a photo under which softness is lack of pixels rather than of focus, and counts as size."""

SHARPEST = 25
"""Percentile of the edges' widths: folds and shading are wide in a sharp photo too, so the sharpest edges tell."""

DIRECTIONS = 4
"""Motion blurs edges of one direction and spares another, so each is judged apart and the worst counts."""

HARMLESS, USELESS = 1.3, 3.2
"""px of a photo of 512 px. Of 300 sellers' photos 95 % stay under 1.05; a Gaussian blur of 6 px at 1024 px gives
1.9 to 2.9 on them, one of 3 px 0.9 to 1.7."""

_WIDEST = 6.0
_HALF_TURN = 180.0


def measure_sharpness(subject: Subject) -> Measurement:
    """Return the width of the blur on the product's own edges.

    An edge that is already as wide as ``s`` loses little by a further blur. Its gradient after two re-blurs
    gives ``s`` [1]_: with ``R`` the ratio of the gradients after blurs of ``a`` < ``b``,
    ``s^2 = (b^2 - R^2 a^2) / (R^2 - 1)``. The background does not count, since only edges within the product or
    on its outline are looked at.

    Returns
    -------
    Measurement
        ``blur``, the standard deviation in px of a photo with a longer side of :data:`WORKING_SIDE`; 0 is as
        sharp as pixels are. ``None`` when the
        product has too few edges to tell, rather than a guess.

    References
    ----------
    .. [1] Zhuo and Sim, "Defocus map estimation from a single image", Pattern Recognition 44(9), 2011.
    """
    luma = cv2.cvtColor(subject.pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine_x, fine_y = _gradient(luma, FINE)
    coarse_x, coarse_y = _gradient(luma, COARSE)
    edges = cv2.Canny(_fixed(coarse_x), _fixed(coarse_y), 64 * WEAK_EDGE, 64 * STRONG_EDGE, L2gradient=True) > 0
    near = cv2.dilate(subject.product.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    at = np.nonzero(edges & near)
    if len(at[0]) < FEWEST:
        return Measurement(name="blur", value=None, unit="px")
    ratio = np.hypot(fine_x[at], fine_y[at]) / np.maximum(np.hypot(coarse_x[at], coarse_y[at]), 1e-6)
    squared = (COARSE**2 - ratio**2 * FINE**2) / np.maximum(ratio**2 - 1, 1e-3)
    width = np.where(ratio > 1, np.sqrt(np.clip(squared, 0, _WIDEST**2)), _WIDEST)
    angle = np.degrees(np.arctan2(fine_y[at], fine_x[at])) % _HALF_TURN
    direction = np.rint(angle / (_HALF_TURN / DIRECTIONS)).astype(int) % DIRECTIONS
    widths = [width[direction == one] for one in range(DIRECTIONS)]
    judged = [float(np.percentile(one, SHARPEST)) for one in widths if len(one) >= FEWEST_OF_A_DIRECTION]
    side = max(*luma.shape, FEWEST_PIXELS)
    if not judged:
        return Measurement(name="blur", value=None, unit="px")
    return Measurement(name="blur", value=max(judged) * WORKING_SIDE / side, unit="px")


def find_blur(blur: Measurement) -> tuple[Defect, ...]:
    """Return the defect that a measured blur implies, if any."""
    if blur.value is None or blur.value <= HARMLESS:
        return ()
    return (Defect(code=DefectCode.BLURRED, severity=severity(blur.value, HARMLESS, USELESS)),)


def _gradient(luma: NDArray[np.float32], sigma: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the gradients along x and y, in levels per px, after a blur of ``sigma`` px."""
    smooth = cv2.GaussianBlur(luma, (0, 0), sigma)
    along_x = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
    along_y = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(along_x, dtype=np.float32), np.asarray(along_y, dtype=np.float32)


def _fixed(gradient: NDArray[np.float32]) -> NDArray[np.int16]:
    """Return the gradient in 64ths of a level, as Canny takes it."""
    return np.asarray(np.rint(gradient * 64), dtype=np.int16)
