"""Exposure: too little light, or too much."""

import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

GAMMA = 2.2

LIGHT = 136
"""Levels that a quarter of the product has: two stops more lose it in white. A dark product only gets lighter."""


def exposed(pixels: Pixels, stops: float) -> Pixels:
    """Return pixels with ``stops`` more light, clipped at white."""
    light = np.clip((pixels / 255.0) ** GAMMA * 2**stops, 0, 1)
    return np.rint(255 * light ** (1 / GAMMA)).astype(np.uint8)


def expose(scene: Scene, stops: float, _: np.random.Generator) -> Pixels:
    """Return the photo with ``stops`` more light."""
    return exposed(scene.pixels, stops)


def _is_light(scene: Scene) -> bool:
    product = scene.pixels[scene.alpha > 0.5]
    return len(product) > 0 and float(np.percentile(product.mean(axis=1), 75)) >= LIGHT


UNDEREXPOSURE = Degradation(
    name="underexposure",
    defect=DefectCode.UNDEREXPOSED,
    unit="stops",
    amounts=(0.5, 1, 1.5, 2, 3, 4),
    noticed=2,
    apply=lambda scene, stops, chance: expose(scene, -stops, chance),
    figure="light",
    falls=True,
    peer="dark",
)
OVEREXPOSURE = Degradation(
    name="overexposure",
    defect=DefectCode.OVEREXPOSED,
    unit="stops",
    amounts=(0.5, 1, 1.5, 2, 2.5, 3),
    noticed=2,
    apply=expose,
    figure="clipped_highlights",
    peer="light",
    suits=_is_light,
)
