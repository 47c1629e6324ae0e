"""Motion: the camera moved along a line while the shutter was open."""

import cv2
import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from lab.quality.degradations.defocus import SIDE
from models.assessment import DefectCode

STEPS = 8
"""Points of the line for each px of its length."""


def shake(scene: Scene, length: float, chance: np.random.Generator) -> Pixels:
    """Return the photo smeared along a line of ``length`` px at a longer side of 1024 px, in any direction."""
    reach = length * max(scene.pixels.shape[:2]) / SIDE
    angle = chance.uniform(0, np.pi)
    middle = int(np.ceil(reach / 2)) + 1
    path = np.linspace(-reach / 2, reach / 2, int(np.ceil(reach)) * STEPS + 1)
    kernel = np.zeros((2 * middle + 1, 2 * middle + 1))
    for x, y in zip(middle + path * np.cos(angle), middle - path * np.sin(angle), strict=True):
        column, row = int(x), int(y)
        across, down = x - column, y - row
        kernel[row : row + 2, column : column + 2] += np.outer((1 - down, down), (1 - across, across))
    smeared = cv2.filter2D(scene.pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)
    return np.asarray(smeared, np.uint8)


MOTION = Degradation(
    name="motion",
    defect=DefectCode.MOTION_BLUR,
    unit="px at 1024",
    amounts=(6, 10, 16, 24, 36, 48),
    noticed=16,
    apply=shake,
    figure="blur",
    peer="blurry",
)
