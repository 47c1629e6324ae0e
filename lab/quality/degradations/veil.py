"""Veil: fog, a greasy lens, or a lamp that shines into it, takes the darks and the colours away."""

import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

LIGHT = (110, 200)
"""Levels between which the veil's own lies."""


def veil(scene: Scene, share: float, chance: np.random.Generator) -> Pixels:
    """Return the photo under an even grey veil that makes out ``share`` of its light."""
    return np.rint(scene.pixels * (1 - share) + share * chance.uniform(*LIGHT)).astype(np.uint8)


VEIL = Degradation(
    name="veil",
    defect=DefectCode.LOW_CONTRAST,
    unit="share",
    amounts=(0.2, 0.35, 0.5, 0.6, 0.7, 0.8),
    noticed=0.6,
    apply=veil,
    figure="tonal_range",
    falls=True,
)
