"""Sharpness: whether the product is in focus, and whether the camera held still."""

import numpy as np

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject

HARMLESS, USELESS = 1.4, 3.4
"""px of a photo of 512 px. Of the senders' photos that thresholds were chosen on, 99 % stay under 1.35; a Gaussian
blur of 6 px at 1024 px gives 2.1 or more, one of 3 px about 1.5."""

SMEAR_HARMLESS, SMEAR_USELESS = 0.9, 3.2
"""px of a photo of 512 px: the standard deviation that a motion adds along it; a straight line of length L has
L / sqrt(12)."""

SMEARED = 0.95
"""px of a photo of 512 px: the least blur along a motion; a sharp photo of stripes is one-sided as well."""

ONE_SIDED = 1.4
"""How many times wider a motion's blur is along it than across; defocus is the same in all directions. Of the same
photos none passes all three limits, of those defocused by 6 px at 1024 px 3 % do."""


def measure_sharpness(subject: Subject) -> Figures:
    """Return how far the product's own edges are blurred, along and across.

    The background does not count, since only edges within the product or on its outline are looked at.

    Returns
    -------
    Figures
        ``blur`` and ``blur_across``, standard deviations in px of a photo with a longer side of
        512 px, along the direction in which it is most blurred and at right angles to it; 0 is as
        sharp as pixels are. ``blur_angle``, that direction in degrees, anticlockwise from the horizontal; ``None``
        where the blur is the same in all directions. All are ``None`` when the product has too few edges to tell,
        rather than a guess.
    """
    ellipse = subject.blur
    along = across = angle = None
    if ellipse is not None:
        along, across = ellipse.along, ellipse.across
        angle = ellipse.angle if across is not None and along > ONE_SIDED * across else None
    return (
        Measurement(name="blur", value=along, unit="px"),
        Measurement(name="blur_across", value=across, unit="px"),
        Measurement(name="blur_angle", value=angle, unit="degrees"),
    )


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
