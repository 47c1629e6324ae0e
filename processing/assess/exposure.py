"""Exposure: whether the product has enough light, and not too much."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.severity import severity
from processing.assess.subject import Subject

BRIGHT_PERCENTILE = 95
"""The light parts of a scene, without glints."""

CLIPPED = 250
"""Luma level from which nothing can be told apart any more."""

DARK_HARMLESS, DARK_USELESS = 135.0, 60.0
"""Levels of the photo's light parts: none of 300 sellers' photos has darker ones, 95 % of them 2 stops down."""

CLIPPED_HARMLESS, CLIPPED_USELESS = 0.12, 0.6
"""Share of the product; a white product in good light clips where it shines, not all over."""


def measure_exposure(subject: Subject) -> tuple[Measurement, ...]:
    """Return how light the product and its photo are.

    A photo's light parts are measured on its brightest channel, for a well-lit red cloth has little luma.

    Returns
    -------
    tuple[Measurement, ...]
        ``luma_median`` and ``light_parts`` of the product, ``scene_light_parts`` of the whole photo, in
        levels of 0 to 255; ``clipped`` is the share of the product that is white throughout.
    """
    brightest = np.maximum.reduce(cv2.split(subject.pixels))
    luma = np.asarray(cv2.cvtColor(subject.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)[subject.product]
    figures = {
        "luma_median": (_percentile(luma, 50), "levels"),
        "light_parts": (_percentile(brightest[subject.product], BRIGHT_PERCENTILE), "levels"),
        "scene_light_parts": (_percentile(brightest, BRIGHT_PERCENTILE), "levels"),
        "clipped": (float((luma >= CLIPPED).mean()), "share"),
    }
    return tuple(Measurement(name=name, value=value, unit=unit) for name, (value, unit) in figures.items())


def find_misexposure(exposure: tuple[Measurement, ...]) -> tuple[Defect, ...]:
    """Return the defects that measured exposure implies.

    Too dark is a photo without light parts anywhere: a black product before a lit wall is no fault of the light.
    """
    figures = {one.name: one.value or 0.0 for one in exposure}
    light = max(figures["light_parts"], figures["scene_light_parts"])
    dark = severity(light, DARK_HARMLESS, DARK_USELESS)
    bright = severity(figures["clipped"], CLIPPED_HARMLESS, CLIPPED_USELESS)
    found = ((DefectCode.TOO_DARK, dark), (DefectCode.TOO_BRIGHT, bright))
    return tuple(Defect(code=code, severity=amount) for code, amount in found if amount > 0)


def _percentile(levels: NDArray[np.uint8], percentile: float) -> float:
    """Return the lowest level that is not passed by this percentage of the values, counted rather than sorted."""
    counts = np.bincount(levels.ravel(), minlength=256).cumsum()
    return float(np.searchsorted(counts, percentile / 100 * counts[-1]))
