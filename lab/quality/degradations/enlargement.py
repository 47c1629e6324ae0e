"""Enlargement: a small picture, from a chat or a web page, blown up."""

import cv2
import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

SIDE = 533
"""px; longer side of the small picture."""

WAYS = (cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4)


def enlarge(scene: Scene, factor: float, chance: np.random.Generator) -> Pixels:
    """Return the photo at 533 px, enlarged by a factor in one of the usual ways."""
    height, width = scene.pixels.shape[:2]
    shrink = min(1.0, SIDE / max(height, width))
    small = cv2.resize(scene.pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    way = WAYS[chance.integers(len(WAYS))]
    return np.asarray(cv2.resize(small, None, fx=factor, fy=factor, interpolation=way), np.uint8)


ENLARGEMENT = Degradation(
    name="enlargement",
    defect=DefectCode.UPSCALED,
    unit="times",
    amounts=(1.25, 1.5, 2, 2.5, 3, 4),
    noticed=4,
    apply=enlarge,
    figure="effective_resolution",
    falls=True,
)
