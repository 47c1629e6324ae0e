"""Joining: words that were read apart although they stand in one line, because something was in the way."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.reading import TextLine

GAP = 4.0
"""Heights of a line that may lie between two words of it: a word that a print hides."""

SAME_HEIGHT, SAME_ANGLE = 0.8, 2.0
"""Ratio of two heights, and degrees between two lines, of words in one line."""

BESIDE = 0.2
"""Heights by which the middle of a word may lie beside the line of another one."""

Corners = NDArray[np.float64]


def join_words(lines: Sequence[TextLine], width: int, height: int) -> tuple[TextLine, ...]:
    """Return the lines, those that stand in one line joined, in the order of the first word of each.

    ``width`` and ``height`` are the photo's, in px. A joined line has the least confidence of its words.
    """
    joined: list[TextLine] = []
    for line in sorted(lines, key=lambda line: line.corners[0][0]):
        place = next((place for place, one in enumerate(joined) if _goes_on(one, line, (width, height))), None)
        if place is None:
            joined.append(line)
        else:
            joined[place] = _join(joined[place], line)
    return tuple(sorted(joined, key=lambda line: line.corners[0][1]))


def _goes_on(one: TextLine, other: TextLine, size: tuple[int, int]) -> bool:
    """Return whether the other line goes on where one ends."""
    first, second = (np.array(line.corners, np.float64) * size for line in (one, other))
    along, beyond = first[1] - first[0], second[1] - second[0]
    heights = [float(np.hypot(*(corners[3] - corners[0]))) for corners in (first, second)]
    turned = np.degrees(np.arctan2(*along[::-1]) - np.arctan2(*beyond[::-1]))
    if abs(turned) > SAME_ANGLE or min(heights) < SAME_HEIGHT * max(heights):
        return False
    way = along / max(float(np.hypot(*along)), 1e-6)
    from_end = second[[0, 3]].mean(axis=0) - first[[1, 2]].mean(axis=0)
    aside = second.mean(axis=0) - first.mean(axis=0)
    is_level = abs(float(way[0] * aside[1] - way[1] * aside[0])) <= BESIDE * max(heights)
    return is_level and -max(heights) / 2 <= float(way @ from_end) <= GAP * max(heights)


def _join(one: TextLine, other: TextLine) -> TextLine:
    return TextLine(
        text=f"{one.text} {other.text}",
        corners=(one.corners[0], other.corners[1], other.corners[2], one.corners[3]),
        confidence=min(one.confidence, other.confidence),
    )
