"""Blur: how wide the product's sharpest edges are, along and across."""

from dataclasses import dataclass

import numpy as np

from processing.assess.edges import Edges

FEWEST = 60
"""Edge px within the product under which it is too plain to tell, such as a white plate on a white cloth."""

DIRECTIONS = 8
"""Motion blurs edges of one direction and spares those at right angles, so each direction is judged apart."""

FEWEST_OF_A_DIRECTION = 12
"""Edge px of one direction under which that direction is not judged."""

FEWEST_DIRECTIONS = 5
"""Judged directions under which motion is not told from defocus: of a box, all edges may run in two."""

FEWEST_PIXELS = 400
"""px; longer side of a photo under which softness is lack of pixels rather than of focus, and counts as size."""

SHARPEST = 20
"""Percentile of the edges' blur: folds and shading are wide in a sharp photo too, so the sharpest edges tell."""


@dataclass(frozen=True, slots=True)
class BlurEllipse:
    """A blur as an ellipse: its standard deviations in px at the working scale, and which way it lies."""

    along: float
    across: float | None
    """``None`` where the edges have too few directions to tell."""
    angle: float
    """Degrees in [0, 180) of its longer axis, anticlockwise from the horizontal."""


def fit_blur(edges: Edges, scale: float) -> BlurEllipse | None:
    """Return the blur of the sharpest of these edges, or ``None`` where there are too few.

    The variance of a blur's cross-section at an angle is ``m + u cos 2a + v sin 2a`` for an ellipse: fitted to the
    directions' variances, each weighted by the square root of its number of edges, up to a limit.

    Parameters
    ----------
    scale
        px at working scale for each px of the edges' photo.
    """
    if len(edges.variance) < FEWEST:
        return None
    nearest = np.rint(edges.direction / (np.pi / DIRECTIONS)).astype(int) % DIRECTIONS
    each = [edges.variance[nearest == one] for one in range(DIRECTIONS)]
    judged = [one for one in range(DIRECTIONS) if len(each[one]) >= FEWEST_OF_A_DIRECTION]
    if not judged:
        return None
    variances = np.array([np.percentile(each[one], SHARPEST) for one in judged])
    if len(judged) < FEWEST_DIRECTIONS:
        return BlurEllipse(float(np.sqrt(variances.max())) * scale, None, 0.0)
    angles = 2 * np.pi / DIRECTIONS * np.array(judged)
    weights = np.sqrt([min(len(each[one]), 200) for one in judged])
    terms = np.stack([np.ones_like(angles), np.cos(angles), np.sin(angles)], axis=1)
    (middle, u, v), *_ = np.linalg.lstsq(terms * weights[:, None], variances * weights, rcond=None)
    swing = np.hypot(u, v)
    along, across = (float(np.sqrt(max(middle + sign * swing, 0.0))) * scale for sign in (1, -1))
    # Rows count downwards, angles are told upwards.
    return BlurEllipse(along, across, float(-np.degrees(np.arctan2(v, u)) / 2 % 180))
