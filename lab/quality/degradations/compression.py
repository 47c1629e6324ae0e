"""Compression: a JPEG saved far too small."""

import io

import numpy as np
from PIL import Image

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

BEST = 100
"""Amounts count down from here, so that more is worse."""


def compress(scene: Scene, loss: float, _: np.random.Generator) -> Pixels:
    """Return the photo after a JPEG of quality 100 less ``loss``."""
    out = io.BytesIO()
    Image.fromarray(scene.pixels).save(out, "JPEG", quality=round(BEST - loss))
    return np.asarray(Image.open(out).convert("RGB"))


COMPRESSION = Degradation(
    name="compression",
    defect=DefectCode.JPEG_ARTIFACTS,
    unit="100 - quality",
    amounts=(55, 65, 75, 82, 88, 94),
    noticed=88,
    apply=compress,
    figure="blockiness",
)
