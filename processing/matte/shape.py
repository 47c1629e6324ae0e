"""What a matte's own shape tells about whether it can be right."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.matte import Doubt

INSIDE = 0.5
"""The alpha from which a pixel counts as the product."""
SOFT = (0.2, 0.8)
"""Between these it is neither clearly inside nor clearly outside."""


def measure_shape(alpha: NDArray[np.float32]) -> dict[str, float]:
    """Return the figures of a matte's outline, each a share in [0, 1].

    ``area``: of the frame that is product. ``largest``: of the product that hangs together in one part.
    ``contact``: of the frame's edge that the product touches. ``softness``: of the product's area that is
    neither clearly inside nor clearly outside, at most 1.
    """
    inside = alpha >= INSIDE
    product = int(np.count_nonzero(inside))
    if product == 0:
        return {"area": 0.0, "largest": 0.0, "contact": 0.0, "softness": 1.0}
    _, _, stats, _ = cv2.connectedComponentsWithStats(inside.astype(np.uint8), connectivity=8)
    edge = np.concatenate([inside[0], inside[-1], inside[1:-1, 0], inside[1:-1, -1]])
    soft = int(np.count_nonzero((alpha > SOFT[0]) & (alpha < SOFT[1])))
    return {
        "area": product / inside.size,
        "largest": float(stats[1:, cv2.CC_STAT_AREA].max()) / product,
        "contact": float(np.count_nonzero(edge)) / edge.size,
        "softness": min(1.0, soft / product),
    }


def doubt_shape(shape: dict[str, float]) -> dict[Doubt, float]:
    """Return how grave each doubt is that a shape raises, in (0, 1]; a shape beyond doubt gives none."""
    area = shape["area"]
    if area == 0.0:
        return {Doubt.NOTHING_FOUND: 1.0}
    gravity = {
        Doubt.TOO_SMALL: _ramp(area, 0.03, 0.005),
        Doubt.FILLS_FRAME: _ramp(area, 0.75, 0.95),
        Doubt.TOUCHES_FRAME: _ramp(shape["contact"], 0.01, 0.25),
        Doubt.SEVERAL_PARTS: _ramp(shape["largest"], 0.95, 0.5),
        Doubt.SOFT_OUTLINE: _ramp(shape["softness"], 0.25, 0.75),
    }
    return {doubt: weight for doubt, weight in gravity.items() if weight > 0.0}


def _ramp(value: float, harmless: float, grave: float) -> float:
    return float(np.clip((value - harmless) / (grave - harmless), 0.0, 1.0))
