"""Defocus: the lens was focused elsewhere."""

import cv2
import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

SIDE = 1024
"""px: the longer side that radii are given for."""


def defocus(scene: Scene, radius: float, _: np.random.Generator) -> Pixels:
    """Return the photo blurred by a Gaussian of ``radius`` px at a longer side of 1024 px."""
    sigma = radius * max(scene.pixels.shape[:2]) / SIDE
    return np.asarray(cv2.GaussianBlur(scene.pixels, (0, 0), sigma), np.uint8)


DEFOCUS = Degradation(
    name="defocus",
    defect=DefectCode.BLUR,
    unit="px at 1024",
    amounts=(2, 3, 4, 6, 8, 12),
    noticed=6,
    apply=defocus,
    figure="blur",
    peer="blurry",
)
