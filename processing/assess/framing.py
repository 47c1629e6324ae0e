"""Framing: whether the product is whole, fills the photo, and lies in its middle."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from models.geometry import Box
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.extent import MIN_CONTACT, SOLID, Side, contacts, outer_corners
from processing.matte.parts import ALIKE_AREA

CUT_USELESS = 0.6
"""Share of a side that the product touches when the photo shows a mere detail of it."""

THIN = 0.05
"""Share of the photo's longer side: what is thinner and leaves the photo is a hanger, a strap or a pair of
chopsticks. With this and TOP_CONTACT 3 instead of 16 of 300 sellers' photos are called cut off and are not, and 59
instead of 66 that are."""

TOP_CONTACT = 0.1
"""The share of the upper side below which something hangs from above, as most clothes are shown."""

SMALL_HARMLESS, SMALL_USELESS = 0.3, 0.08
"""Share of the photo's side that the product spans, on its longer axis."""

OFFSET_HARMLESS, OFFSET_USELESS = 0.14, 0.35
"""Share of the photo's side by which the product's middle lies beside the photo's; of 300 sellers' photos one has
more than 0.13."""

STRIP = 0.04
"""Depth of the strip along a side that is shown as the place of a cut, as a share of the photo."""


def measure_framing(subject: Subject) -> Figures:
    """Return where the product lies in its photo; all ``None`` where the product is not known.

    Returns
    -------
    Figures
        ``fill``: the larger of the shares of width and height that it spans. ``margin_left`` and so on: empty
        share of the width or height at that side. ``cut_left`` and so on: share of that side that it touches
        with more than a thin part, and with more than a small thing beside it.
        ``offset_across`` and ``offset_down``: share of the width or height by which its middle lies to the right
        of the photo's, or below it; ``None`` where the product is cut off on that axis.
    """
    margins: dict[Side, float] = {}
    touched: dict[Side, float] = {}
    fill = across = down = None
    corners = None if subject.alpha is None else outer_corners(subject.alpha, SOLID)
    if subject.alpha is not None and corners is not None and len(corners):
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        fill = float(max(right - left, bottom - top))
        ends = (left, top, 1 - right, 1 - bottom)
        margins = {side: float(end) for side, end in zip(Side, ends, strict=True)}
        touched = contacts(_without_small(_without_thin(subject.alpha)))
        if max(touched[Side.LEFT], touched[Side.RIGHT]) < MIN_CONTACT:
            across = float(left + right - 1) / 2
        if max(touched[Side.TOP], touched[Side.BOTTOM]) < MIN_CONTACT:
            down = float(top + bottom - 1) / 2
    return (
        Measurement(name="fill", value=fill, unit="share"),
        Measurement(name="offset_across", value=across, unit="share"),
        Measurement(name="offset_down", value=down, unit="share"),
        *(Measurement(name=f"margin_{side}", value=margins.get(side), unit="share") for side in Side),
        *(Measurement(name=f"cut_{side}", value=touched.get(side), unit="share") for side in Side),
    )


def find_misframing(framing: Figures) -> tuple[Defect, ...]:
    """Return a defect for each side that cuts the product off, for a small one, and for one far off the middle."""
    figures = {one.name: one.value for one in framing}
    found: list[Defect] = []
    for side in Side:
        share = figures[f"cut_{side}"]
        if share is not None and share >= (TOP_CONTACT if side is Side.TOP else MIN_CONTACT):
            box = _strip(side)
            found.append(Defect(code=DefectCode.CUT_OFF, severity=severity(share, 0.0, CUT_USELESS), box=box))
    fill = figures["fill"]
    if fill is not None and fill < SMALL_HARMLESS:
        amount = severity(fill, SMALL_HARMLESS, SMALL_USELESS)
        found.append(Defect(code=DefectCode.SMALL_IN_FRAME, severity=amount, box=_rectangle(figures)))
    offset = max(abs(figures["offset_across"] or 0.0), abs(figures["offset_down"] or 0.0))
    if offset > OFFSET_HARMLESS:
        amount = severity(offset, OFFSET_HARMLESS, OFFSET_USELESS)
        found.append(Defect(code=DefectCode.OFF_CENTRE, severity=amount, box=_rectangle(figures)))
    return tuple(found)


def _without_thin(alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the solid product without what is thinner than THIN, as 0 and 1 of the same shape."""
    solid = (alpha > SOLID).astype(np.float32)
    side = max(1, round(THIN * max(alpha.shape)))
    brush = np.ones((side, side), np.uint8)
    thick = cv2.morphologyEx(solid, cv2.MORPH_OPEN, brush, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(thick, dtype=np.float32)


def _without_small(thick: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the parts that may be the largest one's like: a napkin leaves the photo, not the plate beside it."""
    _, parts, figures, _ = cv2.connectedComponentsWithStats((thick > 0).astype(np.uint8), connectivity=8)
    areas = figures[1:, cv2.CC_STAT_AREA]
    small = 1 + np.flatnonzero(areas < ALIKE_AREA * areas.max(initial=0))
    return np.where(np.isin(parts, small), np.float32(0.0), thick)


def _rectangle(figures: dict[str, float | None]) -> Box:
    left, top, right, bottom = (figures[f"margin_{side}"] or 0.0 for side in Side)
    return Box(left=left, top=top, right=1 - right, bottom=1 - bottom)


def _strip(side: Side) -> Box:
    match side:
        case Side.LEFT:
            return Box(left=0, top=0, right=STRIP, bottom=1)
        case Side.TOP:
            return Box(left=0, top=0, right=1, bottom=STRIP)
        case Side.RIGHT:
            return Box(left=1 - STRIP, top=0, right=1, bottom=1)
        case Side.BOTTOM:
            return Box(left=0, top=1 - STRIP, right=1, bottom=1)


FRAMING = Measure(
    "framing",
    frozenset({DefectCode.CUT_OFF, DefectCode.SMALL_IN_FRAME, DefectCode.OFF_CENTRE}),
    measure_framing,
    find_misframing,
)
