"""Light: a lamp or blue shade that the phone has taken for plain daylight."""

import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Rec. 709."""
GREEN = 1 / 3
"""Where green lies between red and blue, in stops: as on the curve of black bodies near daylight."""
GAMMA = 2.2


def put_under(pixels: Pixels, stops: float) -> Pixels:
    """Return a photo with ``stops`` more light in red than in blue, as bright as before."""
    gains = 2.0 ** (stops * np.array([GREEN, 0.0, GREEN - 1]))
    gains /= gains @ LUMINANCE
    light = np.clip((pixels / 255.0) ** GAMMA * gains, 0, 1)
    return np.rint(255 * light ** (1 / GAMMA)).astype(np.uint8)


def recolour(scene: Scene, stops: float, _: np.random.Generator) -> Pixels:
    """Return the photo in light that is so many stops warmer."""
    return put_under(scene.pixels, stops)


WARM_LIGHT = Degradation(
    name="warm light",
    defect=DefectCode.COLOUR_CAST,
    unit="stops",
    amounts=(0.4, 0.8, 1.2, 1.6, 2.0, 2.6),
    noticed=2.0,
    apply=recolour,
    figure="warmth",
)
COLD_LIGHT = Degradation(
    name="cold light",
    defect=DefectCode.COLOUR_CAST,
    unit="stops",
    amounts=(0.4, 0.8, 1.2, 1.6, 2.0, 2.6),
    noticed=2.0,
    apply=lambda scene, stops, chance: recolour(scene, -stops, chance),
    figure="warmth",
    falls=True,
)
