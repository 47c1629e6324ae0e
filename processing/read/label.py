"""A label read once more, from close by: net weight and registration are printed small."""

import numpy as np
from numpy.typing import NDArray

from models.reading import Point, TextLine
from processing.read.text import READING_SIDE, read_text

AROUND = 0.05
"""Share of the photo's sides that is taken in around what was read from afar."""

CLOSER = 1.25
"""Times as large as from afar: with less there is nothing more to read."""


def read_closely(pixels: NDArray[np.uint8], lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Return the lines of text in the part of a photo that holds ``lines``, read as large as the photo allows.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3), as it was decoded.
    lines
        What :func:`processing.read.text.read_text` found in all of it; returned as they are where a closer look
        would show nothing more.
    """
    if not lines:
        return ()
    height, width = pixels.shape[:2]
    boxes = [line.box for line in lines]
    left = max(0, int((min(box.left for box in boxes) - AROUND) * width))
    top = max(0, int((min(box.top for box in boxes) - AROUND) * height))
    right = min(width, int((max(box.right for box in boxes) + AROUND) * width) + 1)
    bottom = min(height, int((max(box.bottom for box in boxes) + AROUND) * height) + 1)
    from_afar = min(1.0, READING_SIDE / max(height, width))
    if min(1.0, READING_SIDE / max(right - left, bottom - top)) < CLOSER * from_afar:
        return lines
    seen = read_text(np.ascontiguousarray(pixels[top:bottom, left:right]))

    def on_photo(point: Point) -> Point:
        return (left + point[0] * (right - left)) / width, (top + point[1] * (bottom - top)) / height

    def moved(line: TextLine) -> TextLine:
        first, second, third, fourth = map(on_photo, line.corners)
        return line.model_copy(update={"corners": (first, second, third, fourth)})

    return tuple(map(moved, seen)) or lines
