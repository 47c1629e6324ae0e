"""Framing: whether the product is whole, and fills the photo."""

from models.assessment import Defect, DefectCode, Measurement
from models.geometry import Box
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.extent import MIN_CONTACT, SOLID, Side, contacts, outer_corners

CUT_USELESS = 0.6
"""Share of a side that the product touches when the photo shows a mere detail of it."""

SMALL_HARMLESS, SMALL_USELESS = 0.3, 0.08
"""Share of the photo's side that the product spans, on its longer axis."""

STRIP = 0.04
"""Depth of the strip along a side that is shown as the place of a cut, as a share of the photo."""


def measure_framing(subject: Subject) -> tuple[Measurement, ...]:
    """Return where the product lies in its photo; all ``None`` where the product is not known.

    Returns
    -------
    tuple[Measurement, ...]
        ``fill``: the larger of the shares of width and height that it spans. ``margin_left`` and so on: empty
        share of the width or height at that side. ``cut_left`` and so on: share of that side that it touches.
    """
    margins: dict[Side, float] = {}
    touched: dict[Side, float] = {}
    fill = None
    corners = None if subject.alpha is None else outer_corners(subject.alpha, SOLID)
    if subject.alpha is not None and corners is not None and len(corners):
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        fill = float(max(right - left, bottom - top))
        ends = (left, top, 1 - right, 1 - bottom)
        margins = {side: float(end) for side, end in zip(Side, ends, strict=True)}
        touched = contacts(subject.alpha)
    return (
        Measurement(name="fill", value=fill, unit="share"),
        *(Measurement(name=f"margin_{side}", value=margins.get(side), unit="share") for side in Side),
        *(Measurement(name=f"cut_{side}", value=touched.get(side), unit="share") for side in Side),
    )


def find_misframing(framing: tuple[Measurement, ...]) -> tuple[Defect, ...]:
    """Return a defect for each side at which the product is cut off, and one for a product small in its photo."""
    figures = {one.name: one.value for one in framing}
    found: list[Defect] = []
    for side in Side:
        share = figures[f"cut_{side}"]
        if share is not None and share >= MIN_CONTACT:
            box = _strip(side)
            found.append(Defect(code=DefectCode.CUT_OFF, severity=severity(share, 0.0, CUT_USELESS), box=box))
    fill = figures["fill"]
    if fill is not None and fill < SMALL_HARMLESS:
        amount = severity(fill, SMALL_HARMLESS, SMALL_USELESS)
        found.append(Defect(code=DefectCode.PRODUCT_SMALL, severity=amount, box=_rectangle(figures)))
    return tuple(found)


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
