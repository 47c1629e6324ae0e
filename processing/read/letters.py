"""Letters: what a line of text says."""

import math
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.read.network import open_network, show

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

HIGH, WIDE = 48, 320
"""px; the height at which the network sees a line, and the width that it sees at least."""
UPRIGHT = 1.5
"""Height over width from which a line is taken to run upwards."""
BLANK = 0
"""What the network says between two letters."""


def read_letters(pixels: NDArray[np.uint8], places: NDArray[np.float32]) -> list[tuple[str, float]]:
    """Return what stands at each of the places, and the confidence in it, in [0, 1].

    Parameters
    ----------
    pixels
        Blue, green, red: shape (H, W, 3).
    places
        Corners in px, shape (N, 4, 2), as :func:`processing.read.places.find_places` gives them.
    """
    # One at a time: together each would be made as wide as the widest.
    return [_read(_level(pixels, place)) for place in places]


def _level(pixels: NDArray[np.uint8], corners: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return a line by itself, level."""
    top, right, bottom, left = (
        float(np.linalg.norm(corners[one] - corners[other])) for one, other in ((0, 1), (1, 2), (2, 3), (3, 0))
    )
    size = int(max(top, bottom)), int(max(left, right))
    frame = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    onto = cv2.getPerspectiveTransform(corners, frame)
    level = cv2.warpPerspective(pixels, onto, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.rot90(level) if size[1] / size[0] >= UPRIGHT else level, dtype=np.uint8)


def _read(strip: NDArray[np.uint8]) -> tuple[str, float]:
    width = math.ceil(HIGH * strip.shape[1] / strip.shape[0])
    shown = np.zeros((1, 3, HIGH, max(WIDE, width)), np.float32)
    shown[0, :, :, :width] = show(np.asarray(cv2.resize(strip, (width, HIGH)), dtype=np.uint8))
    ((likely,),) = _network().run(None, {_network().get_inputs()[0].name: shown})
    return _spell(likely)


def _spell(likely: NDArray[np.float32]) -> tuple[str, float]:
    """Return the letters of a line, and their mean probability, of the probabilities (steps, letters)."""
    steps = likely.argmax(axis=1)
    told = steps != BLANK
    told[1:] &= steps[1:] != steps[:-1]
    letters = "".join(_alphabet()[step] for step in steps[told])
    return letters, float(likely[told].max(axis=1).mean()) if letters else 0.0


@cache
def _network() -> "InferenceSession":
    return open_network("rec")


@cache
def _alphabet() -> tuple[str, ...]:
    known = _network().get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *known, " ")
