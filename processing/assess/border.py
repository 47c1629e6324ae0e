"""Border: whether the photo was put into a frame, or between two bars."""

import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from models.geometry import Box
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.extent import Side

THINNEST, THICKEST = 0.008, 0.45
"""Share of the photo's height or width that a border takes at one side."""

EVEN = 6.0
"""Levels, standard deviation of a channel along a row of one colour: JPEG leaves so much beside a sharp edge."""

SAME = 8.0
"""Levels by which rows of one border, or opposite borders, may differ."""

STEP, WHOLE = 8, 0.85
"""Levels by which the picture must differ from its border, and the share of the edge along which it must: a
product on a white ground touches the first row that is not white with its tip alone."""

PASSAGE = 2
"""px of a photo of 512 px over which the edge may be soft."""

USELESS = 0.5
"""Share of the photo that is border."""


def measure_border(subject: Subject) -> Figures:
    """Return how much of the photo is border.

    Returns
    -------
    Figures
        ``border``: share of the photo outside the picture that it frames, with the place of each bar; 0 where
        there is none.
    """
    depths = _depths(subject.pixels)
    left, top, right, bottom = (depths[side] for side in Side)
    share = 1 - (1 - left - right) * (1 - top - bottom)
    bars = {
        Side.LEFT: Box(left=0, top=0, right=left, bottom=1),
        Side.TOP: Box(left=0, top=0, right=1, bottom=top),
        Side.RIGHT: Box(left=1 - right, top=0, right=1, bottom=1),
        Side.BOTTOM: Box(left=0, top=1 - bottom, right=1, bottom=1),
    }
    boxes = tuple(bars[side] for side in Side if depths[side])
    return (Measurement(name="border", value=share, unit="share", boxes=boxes),)


def find_border(border: Figures) -> tuple[Defect, ...]:
    """Return a defect for each bar of a border, all as grave as the whole of it."""
    (share,) = border
    amount = severity(share.value or 0.0, 0.0, USELESS)
    return tuple(Defect(code=DefectCode.BORDER, severity=amount, box=box) for box in share.boxes if amount > 0)


def _depths(pixels: NDArray[np.uint8]) -> dict[Side, float]:
    """Return the share of the height or width that a border takes at each side; borders come in pairs."""
    turned = pixels.transpose(1, 0, 2)
    views = {Side.LEFT: turned, Side.TOP: pixels, Side.RIGHT: turned[::-1], Side.BOTTOM: pixels[::-1]}
    rows = {side: _even_rows(view) for side, view in views.items()}
    shades = {side: view[0].mean(axis=0) for side, view in views.items()}
    found = dict.fromkeys(Side, 0.0)
    for one, other in ((Side.LEFT, Side.RIGHT), (Side.TOP, Side.BOTTOM)):
        beside = rows[Side.TOP], rows[Side.BOTTOM]
        if one is Side.TOP:
            beside = rows[Side.LEFT], rows[Side.RIGHT]
        ends = all(_ends_whole(views[side], rows[side], beside) for side in (one, other))
        if ends and np.abs(shades[one] - shades[other]).max() <= SAME:
            found[one], found[other] = (rows[side] / len(views[side]) for side in (one, other))
    return found


def _even_rows(pixels: NDArray[np.uint8]) -> int:
    """Return how many rows from the first on are of one colour."""
    first = pixels[0].mean(axis=0)
    for row, levels in enumerate(pixels):
        if levels.std(axis=0).max() > EVEN or np.abs(levels.mean(axis=0) - first).max() > SAME:
            return row
    return len(pixels)


def _ends_whole(pixels: NDArray[np.uint8], rows: int, beside: tuple[int, int]) -> bool:
    """Return whether rows of one colour end at once along their whole length, between the bars beside them."""
    if not THINNEST * len(pixels) <= rows <= THICKEST * len(pixels):
        return False
    before = pixels[0].mean(axis=0)
    after = pixels[rows : rows + PASSAGE + 1, beside[0] : pixels.shape[1] - beside[1]].astype(np.float32)
    return after.size > 0 and bool((np.abs(after - before).max(axis=(0, 2)) >= STEP).mean() >= WHOLE)


BORDER = Measure("overlay", frozenset({DefectCode.BORDER}), measure_border, find_border)
