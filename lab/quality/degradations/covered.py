"""Covered: a finger or a case before the lens."""

import cv2
import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

SKIN = (92, 40, 30)
"""A finger that light shines through."""
NOISE = 4.0
"""Levels."""


def cover(scene: Scene, share: float, chance: np.random.Generator) -> Pixels:
    """Return the photo of which ``share`` of the light is lost to what covers the lens."""
    colour = np.array(SKIN, np.float32) * float(chance.choice((0.1, 1.0)))
    blurred = cv2.GaussianBlur(scene.pixels.astype(np.float32), (0, 0), share * 0.05 * max(scene.pixels.shape))
    mixed = np.asarray(blurred) * (1 - share) + colour * share
    return np.clip(mixed + chance.normal(0, NOISE, mixed.shape), 0, 255).astype(np.uint8)


COVERED_LENS = Degradation(
    name="covered lens",
    defect=DefectCode.BLANK,
    unit="of the light",
    amounts=(0.5, 0.7, 0.8, 0.9, 0.95, 1.0),
    noticed=0.95,
    apply=cover,
)
