"""Text on a photo: where it is, and what it says.

The networks are PaddleOCR's, as RapidOCR ships them in its package. They know Latin and Chinese letters.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading import Point, TextLine
from processing.read.letters import read_letters
from processing.read.places import STRIDE, find_places
from processing.resizing import fit, shrink

READING_SIDE = 448
"""px, the longer side of what is read: looking for text costs 0.15 s of CPU at this size, at 640 px 0.35 s."""

MIN_CONFIDENCE = 0.5
"""Under it the letters are mostly made of folds and weave."""

LOWEST, LONGEST = 30, 8.0
"""Height in px up to which, and width over height above which, room is made above and below for the network."""


def read_text(pixels: NDArray[np.uint8]) -> tuple[TextLine, ...]:
    """Return the lines of text on a photo, from top to bottom.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3). It is read at a longer side of :data:`READING_SIDE`; to read small print, give the
        part of the photo that holds it.
    """
    height, width = pixels.shape[:2]
    size = fit(width, height, READING_SIDE)
    shown = shrink(pixels, size)
    seen, above = _with_room(np.asarray(cv2.cvtColor(shown, cv2.COLOR_RGB2BGR), dtype=np.uint8))
    places = find_places(seen)
    said = read_letters(seen, places)
    return tuple(
        TextLine(text=text, corners=_corners(place - (0, above), size), confidence=confidence)
        for place, (text, confidence) in zip(places, said, strict=True)
        if text.strip() and confidence >= MIN_CONFIDENCE
    )


def open_reader() -> None:
    """Load both networks now, so that nobody waits for it when the first photo comes."""
    nothing = np.zeros((STRIDE, STRIDE, 3), np.uint8)
    find_places(nothing)
    read_letters(nothing, np.array([[(0, 0), (STRIDE, 0), (STRIDE, STRIDE), (0, STRIDE)]], np.float32))


def _with_room(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], int]:
    """Return a low strip with black above and below, and its height; any other photo as it is, and 0."""
    height, width = pixels.shape[:2]
    if height > LOWEST and width / height <= LONGEST:
        return pixels, 0
    room = abs(2 * max(int(width / LONGEST), LOWEST) - height) // 2
    return np.asarray(cv2.copyMakeBorder(pixels, room, room, 0, 0, cv2.BORDER_CONSTANT), dtype=np.uint8), room


def _corners(quad: NDArray[np.float64], size: tuple[int, int]) -> tuple[Point, Point, Point, Point]:
    at_most = np.clip(quad, 0, size)
    first, second, third, fourth = ((float(x) / size[0], float(y) / size[1]) for x, y in at_most)
    return first, second, third, fourth
