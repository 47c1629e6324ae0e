"""Exposure: whether the product has enough light, and not too much."""

import cv2

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.percentile import percentile
from processing.assess.severity import severity
from processing.assess.subject import Subject

BRIGHT_PERCENTILE = 95
"""The light parts of a scene, without glints."""

WHITE = 252
"""Level from which a channel is taken for clipped; two clipped channels have lost the colour."""

BLACK = 5
"""Luma level up to which nothing can be told apart any more."""

DARK_HARMLESS, DARK_USELESS = 145.0, 60.0
"""Levels of the photo's light parts: of the senders' photos that thresholds were chosen on 0.5 % have darker ones,
and all of them 2 stops down (137 at most)."""

CLIPPED_HARMLESS, CLIPPED_USELESS = 0.06, 0.6
"""Share of the product; a white product in good light clips where it shines, not all over. Of the same photos none
has more than 0.04."""

LOST_HARMLESS, LOST_USELESS = 0.5, 1.0
"""Share of the product; black cloth keeps its folds in a well-exposed photo: of 99 % of the same photos less than
0.05 has none."""


def measure_exposure(subject: Subject) -> Figures:
    """Return how light the product and its photo are.

    A photo's light parts are measured on its brightest channel, for a well-lit red cloth has little luma.

    Returns
    -------
    Figures
        ``luma_median`` of the product, and ``light``, the light parts of the product or of the whole photo,
        whichever are lighter, in levels of 0 to 255; ``clipped_highlights`` and ``clipped_shadows``, the shares of
        the product that are too light and too dark to show anything.
    """
    luma = subject.luma[subject.product]
    light = max(
        percentile(subject.brightest[subject.product], BRIGHT_PERCENTILE),
        percentile(subject.brightest, BRIGHT_PERCENTILE),
    )
    red, green, blue = subject.channels
    second = cv2.max(cv2.min(red, green), cv2.min(cv2.max(red, green), blue))[subject.product]
    figures = {
        "luma_median": (percentile(luma, 50), "levels"),
        "light": (light, "levels"),
        "clipped_highlights": (float((second >= WHITE).mean()), "share"),
        "clipped_shadows": (float((luma <= BLACK).mean()), "share"),
    }
    return tuple(Measurement(name=name, value=value, unit=unit) for name, (value, unit) in figures.items())


def find_misexposure(exposure: Figures) -> tuple[Defect, ...]:
    """Return the defects that measured exposure implies.

    Too dark is a photo without light parts anywhere, for a black product before a lit wall is no fault of the
    light; and a product that has sunk into black.
    """
    _, light, highlights, shadows = (one.value or 0.0 for one in exposure)
    dark = max(severity(light, DARK_HARMLESS, DARK_USELESS), severity(shadows, LOST_HARMLESS, LOST_USELESS))
    bright = severity(highlights, CLIPPED_HARMLESS, CLIPPED_USELESS)
    found = ((DefectCode.UNDEREXPOSED, dark), (DefectCode.OVEREXPOSED, bright))
    return tuple(Defect(code=code, severity=amount) for code, amount in found if amount > 0)


EXPOSURE = Measure(
    "exposure", frozenset({DefectCode.UNDEREXPOSED, DefectCode.OVEREXPOSED}), measure_exposure, find_misexposure
)
