"""Whether a photo may hold text at all: a quick look that spares plain photos the reading."""

import cv2
import numpy as np
from numpy.typing import NDArray

STROKE = 7
"""px of a photo of 512 px: strokes of letters are thinner than this."""

CONTRAST = 20
"""Levels between a stroke and what is beside it."""

LINE = (64, 20)
"""px, width and height of the stretch that the strokes are counted in."""

DENSEST = 0.3
"""Share of a stretch. Of 53 photos with a line of writing laid over them one has less in its densest, and with a
watermark none; of the same photos untouched 5 have less, for weave, leaves and grain are as dense as print, and
clothes have print on them (`lab.bench.presence`)."""


def may_hold_text(luma: NDArray[np.uint8]) -> bool:
    """Return whether thin light or dark strokes are crowded anywhere, as in a line of text.

    Weave, lace and grass are crowded too: this only says where reading would be in vain. ``luma`` has shape
    (H, W), with a longer side of about 512 px.
    """
    return crowding(luma) >= DENSEST


def crowding(luma: NDArray[np.uint8]) -> float:
    """Return the largest share that any stretch of the photo has of thin light, or thin dark, strokes."""
    around = np.ones((STROKE, STROKE), np.uint8)
    return max(
        _densest(np.asarray(cv2.morphologyEx(luma, operation, around), dtype=np.uint8))
        for operation in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT)
    )


def _densest(strokes: NDArray[np.uint8]) -> float:
    """Return the largest share that any stretch has of pixels that differ enough."""
    crowded = cv2.boxFilter((strokes > CONTRAST).astype(np.float32), -1, LINE)
    return float(np.asarray(crowded).max())
