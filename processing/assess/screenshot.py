"""Screenshot: whether the photo is a picture of a phone's screen, with its status bar."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from models.geometry import Box
from processing.assess.measure import Figures, Measure
from processing.assess.subject import Subject

SCREEN_WIDTHS = frozenset(
    {640, 720, 750, 800, 828, 1080, 1125, 1170, 1179, 1206, 1220, 1242, 1284, 1290, 1320, 1440}
)
"""px of phones' screens."""

TALL = 1.6, 2.4
"""Height over width of phones' screens, and of what is left of one when its lower end is cut off."""

BARS = 0.015, 0.055
"""Height of a status bar, as a share of 2.1 times the width."""

SCREEN = 2.1
"""Height over width of most phones' screens."""

CONTRAST = 24
"""Levels between a sign and the bar's ground; JPEG stains the ground by less."""

GROUND = 0.75, 0.995
"""Share of a status bar that is bare: signs take the rest."""

END = 0.3
"""Share of the bar's length at either end; the clock is in one, and the battery in the other."""

LEAST_SIGN = 0.004
"""Share of such an end that its signs take."""

SEVERITY = 0.9
"""It is one or is not; and the marketplace shows another shop's page."""


def measure_screenshot(subject: Subject) -> Figures:
    """Return whether the photo is as tall as a phone's screen and has its status bar, or its exact size as a PNG.

    Returns
    -------
    Figures
        ``screenshot``: 1 or 0, with the place of the status bar where it is seen. A screenshot that was cropped
        to the photo within is none any more, and is not found.
    """
    source = subject.picture.source
    tall = TALL[0] <= source.height / source.width <= TALL[1]
    bar = _status_bar(subject.picture.pixels) if tall else None
    is_screen_size = source.format == "PNG" and not source.had_alpha and source.width in SCREEN_WIDTHS
    found = bar is not None or (tall and is_screen_size)
    boxes = () if bar is None else (Box(left=0, top=0, right=1, bottom=bar),)
    return (Measurement(name="screenshot", value=float(found), unit="1", boxes=boxes),)


def find_screenshot(screenshot: Figures) -> tuple[Defect, ...]:
    """Return the defect that a screenshot is, if it is one, with the place of its status bar."""
    (one,) = screenshot
    bar = one.boxes[0] if one.boxes else None
    return (Defect(code=DefectCode.SCREENSHOT, severity=SEVERITY, box=bar),) if one.value else ()


def _status_bar(pixels: NDArray[np.uint8]) -> float | None:
    """Return the height of the status bar as a share of the photo's, or None where there is none.

    It is a strip of one colour, with a clock and signs in one row of its own, towards both ends.
    """
    height, width = int(pixels.shape[0]), int(pixels.shape[1])
    thin, thick = (max(2, round(share * SCREEN * width)) for share in BARS)
    strip = np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels[:thick]), cv2.COLOR_RGB2GRAY), dtype=np.int16)
    ground = np.median(strip)
    signs = np.abs(strip - ground) > CONTRAST
    written = np.flatnonzero(signs.any(axis=1))
    if len(written) == 0 or written[0] == 0:
        return None
    gaps = np.flatnonzero(np.diff(written) > 1)
    last = int(written[gaps[0]] if len(gaps) else written[-1])
    if not thin / 3 <= last - written[0] + 1 or last >= thick - 1:
        return None
    bar = signs[: last + 1]
    end = max(1, round(END * width))
    ends = bar[:, :end], bar[:, -end:]
    bare = 1 - float(bar.mean())
    if not GROUND[0] <= bare <= GROUND[1] or any(part.mean() < LEAST_SIGN for part in ends):
        return None
    return (last + 1) / height


SCREENSHOT = Measure("overlay", frozenset({DefectCode.SCREENSHOT}), measure_screenshot, find_screenshot)
