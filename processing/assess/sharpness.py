"""Sharpness: whether the product is in focus, and whether the camera held still."""

from dataclasses import dataclass

import numpy as np

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.edges import Edges
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import WORKING_SIDE, Subject

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

HARMLESS, USELESS = 1.4, 3.4
"""px of a photo of 512 px. Of the senders' photos that thresholds were chosen on, 99 % stay under 1.35; a Gaussian
blur of 6 px at 1024 px gives 2.1 or more, one of 3 px about 1.5."""

SMEAR_HARMLESS, SMEAR_USELESS = 1.0, 3.2
"""px of a photo of 512 px: the standard deviation that a motion adds along it; a straight line of length L has
L / sqrt(12)."""

SMEARED = 1.2
"""px of a photo of 512 px: the least blur along a motion; a sharp photo of stripes is one-sided as well."""

ONE_SIDED = 1.4
"""How many times wider a motion's blur is along it than across; defocus is the same in all directions. Of the same
photos 0.8 % pass all three limits, of those defocused by 6 px at 1024 px 3 %."""


@dataclass(frozen=True, slots=True)
class BlurEllipse:
    """A blur as an ellipse: its standard deviations in px at the working scale, and which way it lies."""

    along: float
    across: float | None
    """``None`` where the edges have too few directions to tell."""
    angle: float
    """Degrees in [0, 180) of its longer axis, anticlockwise from the horizontal."""


def measure_sharpness(subject: Subject) -> Figures:
    """Return how far the product's own edges are blurred, along and across.

    The background does not count, since only edges within the product or on its outline are looked at.

    Returns
    -------
    Figures
        ``blur`` and ``blur_across``, standard deviations in px of a photo with a longer side of
        :data:`WORKING_SIDE`, along the direction in which it is most blurred and at right angles to it; 0 is as
        sharp as pixels are. ``blur_angle``, that direction in degrees, anticlockwise from the horizontal; ``None``
        where the blur is the same in all directions. All are ``None`` when the product has too few edges to tell,
        rather than a guess.
    """
    ellipse = blur_ellipse(subject)
    along = across = angle = None
    if ellipse is not None:
        along, across = ellipse.along, ellipse.across
        angle = ellipse.angle if across is not None and along > ONE_SIDED * across else None
    return (
        Measurement(name="blur", value=along, unit="px"),
        Measurement(name="blur_across", value=across, unit="px"),
        Measurement(name="blur_angle", value=angle, unit="degrees"),
    )


def blur_ellipse(subject: Subject) -> BlurEllipse | None:
    """Return the blur of the product's sharpest edges, or ``None`` where there are too few.

    The variance of a blur's cross-section at an angle is ``m + u cos 2a + v sin 2a`` for an ellipse: fitted to the
    directions' variances, each weighted by the square root of its number of edges, up to a limit.
    """
    edges: Edges = subject.edges
    if len(edges.variance) < FEWEST:
        return None
    nearest = np.rint(edges.direction / (np.pi / DIRECTIONS)).astype(int) % DIRECTIONS
    each = [edges.variance[nearest == one] for one in range(DIRECTIONS)]
    judged = [one for one in range(DIRECTIONS) if len(each[one]) >= FEWEST_OF_A_DIRECTION]
    if not judged:
        return None
    variances = np.array([np.percentile(each[one], SHARPEST) for one in judged])
    scale = WORKING_SIDE / max(*subject.luma.shape, FEWEST_PIXELS)
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


def find_blur(figures: Figures) -> tuple[Defect, ...]:
    """Return the defect that a measured blur implies, if any: motion where it lies along one direction."""
    along, across, angle = (one.value for one in figures)
    if along is None:
        return ()
    if angle is not None and across is not None:
        smear = float(np.sqrt(max(along**2 - across**2, 0.0)))
        if smear > SMEAR_HARMLESS and along > SMEARED:
            amount = severity(smear, SMEAR_HARMLESS, SMEAR_USELESS)
            return (Defect(code=DefectCode.MOTION_BLUR, severity=amount),)
    if along > HARMLESS:
        return (Defect(code=DefectCode.BLUR, severity=severity(along, HARMLESS, USELESS)),)
    return ()


SHARPNESS = Measure(
    "sharpness", frozenset({DefectCode.BLUR, DefectCode.MOTION_BLUR}), measure_sharpness, find_blur
)
