"""Noise: a small sensor in the dark."""

import cv2
import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

GRAIN = 0.7
"""px; width of the grain that a phone's own denoising leaves."""


def add_noise(scene: Scene, levels: float, chance: np.random.Generator) -> Pixels:
    """Return the photo with noise of this standard deviation in each channel, as fine as px or a little wider."""
    noise = chance.normal(0, 1, scene.pixels.shape)
    if chance.random() < 0.5:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), GRAIN))
    return np.clip(np.rint(scene.pixels + levels * noise / noise.std()), 0, 255).astype(np.uint8)


NOISE = Degradation(
    name="noise",
    defect=DefectCode.NOISE,
    unit="levels",
    amounts=(4, 6, 8, 12, 18, 27),
    noticed=12,
    apply=add_noise,
    figure="noise",
)
