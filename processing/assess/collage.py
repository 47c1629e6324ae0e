"""Collage: whether several photos were put together into one."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from models.geometry import Box
from processing.assess.measure import Figures, Measure
from processing.assess.subject import Subject

STEP = 10
"""Levels between the two sides of a seam, in one channel at least."""

LEAST = 0.75
"""Share of its length from which a seam is looked at closely; where both photos have one colour it is not seen."""

SHARPEST = 0.7
"""The same on the photo as it was decoded, where a seam is still one pixel wide and a rail is not."""

BEYOND = 2
"""px further out on both sides, between which a seam makes most of the difference in its one pixel."""

ENOUGH = ((LEAST, 0.85, 0.4), (0.9, 0.65, 0.3), (0.97, 0.85, 0.15), (0.97, 0.58, 0.6))
"""Each enough for a seam: the share of its length, how much of that difference it makes, and by how much more of
it is a step than of the rows beside it, for weave and fur step everywhere. Of 132 sellers' photos and 3,000 of
things (DUTS-TR) that these were chosen on none has an edge that is so long, straight and sharp."""

PLACES = 3
"""The most steplike rows that are looked at: a shelf or a skirting can be straighter than a seam."""

BESIDE = slice(3, 15)
"""px from a seam at which the rows beside it are."""

FEWEST_PIXELS = 320
"""px; longer side of a photo under which a seam is not told from a hem, for all its edges are one pixel wide."""

MARGIN = 0.08
"""Share of the photo at each side where no seam is looked for: that would be a border."""

NEAR = 3
"""px around the place of a seam in which it is looked for again on the larger photo, per px of the smaller."""

STRIP = 0.01
"""Width of the strip that is shown as the place of a seam, as a share of the photo."""

SEVERITY = 0.8
"""A collage is one or is not; a marketplace shows its first photo as large as a thumb."""


class _Line(NamedTuple):
    """A row or column of the photo; the greater of two is the likelier seam."""

    is_seam: bool
    share: float
    """Of its length along which it is a step."""
    place: float
    """On the axis that it parts, as a share of the photo."""


def measure_collage(subject: Subject) -> Figures:
    """Return along how much of its length the straightest seam of the photo is seen.

    A seam runs from side to side, level or upright, and is one pixel wide: two photos have nothing in common
    that would lead from one to the other.

    Returns
    -------
    Figures
        ``seam``: the share, of a row or column that is a seam if there is one, with its place; ``None`` on a photo
        that is too small to tell.
    """
    if max(subject.pixels.shape) < FEWEST_PIXELS:
        return (Measurement(name="seam", value=None, unit="share"),)
    lying, upright = (_find_seam(subject.pixels, subject.picture.pixels, axis) for axis in (0, 1))
    best = max(lying, upright)
    first, last = best.place - STRIP / 2, best.place + STRIP / 2
    box = Box(left=0, top=first, right=1, bottom=last)
    if best is upright:
        box = Box(left=first, top=0, right=last, bottom=1)
    return (Measurement(name="seam", value=best.share, unit="share", boxes=(box,) if best.is_seam else ()),)


def find_collage(collage: Figures) -> tuple[Defect, ...]:
    """Return the defect that a seam implies, if any."""
    (seam,) = collage
    return tuple(Defect(code=DefectCode.COLLAGE, severity=SEVERITY, box=box) for box in seam.boxes)


def _find_seam(small: NDArray[np.uint8], large: NDArray[np.uint8], axis: int) -> _Line:
    """Return the likeliest seam across an axis."""
    seen = _steps(small, axis)
    margin = max(1, round(MARGIN * len(seen)))
    inner = seen[margin : len(seen) - margin]
    if len(inner) == 0:
        return _Line(is_seam=False, share=0.0, place=0.0)
    return max(_line_at(margin + row, seen, small, large, axis) for row in _highest(inner))


def _highest(seen: NDArray[np.float64]) -> list[int]:
    """Return the places of the highest values, none beside another."""
    left, found = seen.copy(), []
    for _ in range(PLACES):
        found.append(int(left.argmax()))
        left[max(0, found[-1] - NEAR) : found[-1] + NEAR + 1] = 0.0
    return found


def _line_at(
    row: int, seen: NDArray[np.float64], small: NDArray[np.uint8], large: NDArray[np.uint8], axis: int
) -> _Line:
    share, place = float(seen[row]), (row + 1.5) / small.shape[axis]
    if share < LEAST:
        return _Line(is_seam=False, share=share, place=place)
    beside = np.concatenate([seen[row::-1][BESIDE], seen[row:][BESIDE]])
    above = share - float(np.median(beside))
    middle = round(place * large.shape[axis])
    reach = round(NEAR * large.shape[axis] / small.shape[axis])
    near = large.take(range(max(0, middle - reach), min(large.shape[axis], middle + reach)), axis)
    steps, sharpness = _steps(near, axis), _sharpness(near, axis)
    sharp = float(sharpness[steps >= SHARPEST].max(initial=0.0))
    is_seam = any(share >= whole and sharp >= least and above >= more for whole, least, more in ENOUGH)
    return _Line(is_seam, share, place)


def _steps(pixels: NDArray[np.uint8], axis: int) -> NDArray[np.float64]:
    """Return for each row (axis 0) or column (axis 1) but the outermost how much of it is a step.

    That is the share of its pixels whose two neighbours across it differ.
    """
    return np.asarray((_apart(pixels, axis, 1) >= STEP).mean(axis=1 - axis), dtype=np.float64)


def _sharpness(pixels: NDArray[np.uint8], axis: int) -> NDArray[np.float64]:
    """Return how much of what each of those rows or columns parts is a step there; 0 too near the end."""
    here = _apart(pixels, axis, 1).mean(axis=1 - axis)
    around = _apart(pixels, axis, 1 + BEYOND).mean(axis=1 - axis)
    found = np.zeros(len(here))
    if len(around):
        found[BEYOND:-BEYOND] = here[BEYOND:-BEYOND] / np.maximum(around, 1)
    return found


def _apart(pixels: NDArray[np.uint8], axis: int, reach: int) -> NDArray[np.uint8]:
    """Return by how many levels the pixels at ``reach`` px on either side differ, in one channel at least."""
    length = pixels.shape[axis]
    first, last = ([min(2 * reach, length)], 1), ([max(0, length - 2 * reach)], 0)
    after, before = (np.split(pixels, at, axis)[part] for at, part in (first, last))
    if after.size == 0:
        return np.zeros(after.shape[:2], np.uint8)
    red, green, blue = cv2.split(cv2.absdiff(np.ascontiguousarray(after), np.ascontiguousarray(before)))
    return np.asarray(cv2.max(red, cv2.max(green, blue)), dtype=np.uint8)


COLLAGE = Measure("overlay", frozenset({DefectCode.COLLAGE}), measure_collage, find_collage)
