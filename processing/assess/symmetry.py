"""How far a product that is alike on both sides leans, as a shirt, a bottle or a pair of shoes is."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.extent import main_outline

WORKING_SIDE = 256
"""px of the photo's longer side; finer outlines say nothing more of a lean of a degree."""

SIDE = 64
"""px of the square that the turned product is compared with its mirror image in."""

WIDEST, COARSE, FINE = 45.0, 5.0, 1.0
"""Degrees; what leans more was laid so on purpose, and the two steps of the search."""

SHIFTS = (-1, 0, 1)
"""px by which the axis may pass beside the centre of gravity."""

MIN_LIKENESS = 0.88
"""Overlap with the mirror image, over their union, from which a product counts as alike on both sides."""

MIN_PEAK, APART = 0.05, 15.0
"""How much less alike it must be about every axis that is this many degrees apart; a plate is alike about all."""


def measure_lean(alpha: NDArray[np.float32], width: int, height: int) -> float | None:
    """Return by how many degrees the product's axis of symmetry leans clockwise, or None where it has none.

    Parameters
    ----------
    alpha
        Shape (h, w) of any size, in [0, 1].
    width, height
        Of the picture, in px: its aspect is what angles are measured in.

    Returns
    -------
    float | None
        In degrees within [-45, 45].
    """
    mask = main_outline(alpha, width, height, WORKING_SIDE)
    across, down = (places.astype(np.float64) for places in np.nonzero(mask)[::-1])
    if len(across) < SIDE:
        return None
    centre = float(across.mean()), float(down.mean())
    shrink = SIDE / 2 / max(1.0, float(np.hypot(across - centre[0], down - centre[1]).max()))
    leans = np.arange(-WIDEST, WIDEST + COARSE, COARSE)
    likeness = np.array([_likeness(mask, centre, shrink, lean) for lean in leans])
    near = leans[int(likeness.argmax())]
    fine = np.arange(max(-WIDEST, near - COARSE), min(WIDEST, near + COARSE) + FINE, FINE)
    finer = np.array([_likeness(mask, centre, shrink, lean) for lean in fine])
    lean, most = float(fine[int(finer.argmax())]), float(finer.max())
    if most < MIN_LIKENESS or most - likeness[np.abs(leans - lean) >= APART].max() < MIN_PEAK:
        return None
    return lean


def _likeness(mask: NDArray[np.uint8], centre: tuple[float, float], shrink: float, lean: float) -> float:
    """Return how well the product, set upright by ``lean`` degrees, covers its mirror image, in [0, 1]."""
    turn = np.asarray(cv2.getRotationMatrix2D(centre, lean, shrink), dtype=np.float64)
    turn[:, 2] += SIDE / 2 - centre[0], SIDE / 2 - centre[1]
    upright: NDArray[np.bool_] = np.asarray(cv2.warpAffine(mask, turn, (SIDE, SIDE), flags=cv2.INTER_NEAREST)) > 0
    # Each shift moves the mirror image twice as far; what leaves at one side comes in at the other.
    mirrored = upright[:, ::-1]
    around = np.concatenate([mirrored[:, -2:], mirrored, mirrored[:, :2]], axis=1)
    both = max(int(np.count_nonzero(upright & around[:, 2 + 2 * shift :][:, :SIDE])) for shift in SHIFTS)
    # Of lines alone nothing may be left at this size.
    return both / max(1, 2 * int(np.count_nonzero(upright)) - both)
