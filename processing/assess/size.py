"""Size: whether the photo has enough pixels, and the product enough of them."""

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.extent import SUPPORT, outer_corners

HARMLESS, USELESS = 600.0, 150.0
"""px; shorter side of the photo. 600 is what marketplaces advise, 300 is where Tokopedia begins to refuse."""

EXTENT_HARMLESS, EXTENT_USELESS = 480.0, 120.0
"""px; longer side of the product. It fills about 80 % of a finished picture, so these are the sides' shares."""


def measure_size(subject: Subject) -> Figures:
    """Return how many pixels there are.

    Returns
    -------
    Figures
        ``shorter_side`` of the upright photo as it was sent, and ``product_extent``, the longer side of the
        product's upright rectangle on it, both in px; the latter ``None`` where the product is not known.
    """
    source, extent = subject.picture.source, None
    if subject.alpha is not None:
        corners = outer_corners(subject.alpha, SUPPORT)
        spans = corners.max(axis=0) - corners.min(axis=0)
        extent = float(max(spans[0] * source.width, spans[1] * source.height))
    return (
        Measurement(name="shorter_side", value=float(min(source.width, source.height)), unit="px"),
        Measurement(name="product_extent", value=extent, unit="px"),
    )


def find_smallness(size: Figures) -> tuple[Defect, ...]:
    """Return the defect that too few pixels imply, if any: of the photo or of the product, whichever is graver."""
    side, extent = (one.value for one in size)
    amount = 0.0 if side is None else severity(side, HARMLESS, USELESS)
    if extent is not None:
        amount = max(amount, severity(extent, EXTENT_HARMLESS, EXTENT_USELESS))
    return (Defect(code=DefectCode.LOW_RESOLUTION, severity=amount),) if amount > 0 else ()


SIZE = Measure("size", frozenset({DefectCode.LOW_RESOLUTION}), measure_size, find_smallness)
