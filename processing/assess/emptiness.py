"""Emptiness: whether there is anything on the photo, or only a covered lens or a bare wall."""

import cv2
import numpy as np

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject

GRID = 32
"""px; side that the photo is averaged down to, so that noise is not taken for content."""

DARKEST, LIGHTEST = 2, 98
"""Percentiles between which the photo's levels reach."""

HARMLESS, USELESS = 40.0, 15.0
"""Levels between the darkest and the lightest parts: 360 photos of sellers and dishes have 50 and more."""


def measure_emptiness(subject: Subject) -> Figures:
    """Return how far the photo's levels reach, and whether a product was found.

    Returns
    -------
    Figures
        ``levels_reach``, in levels of the brightest channel, over the whole photo at a size at which noise is
        gone; ``product_share``, the share of the photo that is product, ``None`` where it is not known.
    """
    small = cv2.resize(subject.pixels, (GRID, GRID), interpolation=cv2.INTER_AREA)
    dark, light = np.percentile(np.asarray(small).max(axis=2), (DARKEST, LIGHTEST))
    share = None if subject.alpha is None else float(subject.product.mean())
    return (
        Measurement(name="levels_reach", value=float(light - dark), unit="levels"),
        Measurement(name="product_share", value=share, unit="share"),
    )


def find_emptiness(emptiness: Figures) -> tuple[Defect, ...]:
    """Return the defect of a photo that shows nothing: no product was found on it, and nothing stands out."""
    reach, product = emptiness
    if product.value is not None or reach.value is None:
        return ()
    amount = severity(reach.value, HARMLESS, USELESS)
    return (Defect(code=DefectCode.BLANK, severity=amount),) if amount > 0 else ()


EMPTINESS = Measure("content", frozenset({DefectCode.BLANK}), measure_emptiness, find_emptiness)
