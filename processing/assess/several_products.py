"""Several products: whether different things are for sale on one photo; a pair or a set is one product."""

import cv2
import numpy as np

from models.assessment import Defect, DefectCode, Measurement
from models.geometry import Box
from processing.assess.bystanders import find_bystander
from processing.assess.measure import Figures, Measure
from processing.assess.places import places_of
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.matte.parts import join_parts, strangers
from processing.resizing import fit

WORKING_SIDE = 256
"""px; parts that lie apart by less are one."""

HARMLESS, USELESS = 0.08, 0.45
"""Share of all that is shown for sale in parts unlike the largest one: a tag or a hook has less."""


def measure_several_products(subject: Subject) -> Figures:
    """Return how much of what is shown for sale is another thing; ``None`` where the product is not known.

    Returns
    -------
    Figures
        ``strangers``: share of the product's area in parts that lie apart and differ in size or colour, with the
        places of the largest; the largest thing beside it that the cut-out leaves out counts as one more.
    """
    share = None
    boxes: tuple[Box, ...] = ()
    if subject.alpha is not None:
        height, width = subject.product.shape
        size = fit(width, height, WORKING_SIDE)
        product = cv2.resize(subject.product.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
        pixels = cv2.resize(subject.pixels, size, interpolation=cv2.INTER_AREA)
        lab = cv2.cvtColor(np.asarray(pixels, dtype=np.float32) / 255, cv2.COLOR_RGB2LAB)
        others = strangers(np.asarray(lab, dtype=np.float32), np.asarray(product))
        within = int(others.sum()) / max(1, int(np.count_nonzero(product)))
        beside, place = find_bystander(subject.pixels, subject.product)
        share = 1 - (1 - within) / (1 + beside)
        boxes = places_of(join_parts(others)) + (() if place is None else (place,))
    return (Measurement(name="strangers", value=share, unit="share", boxes=boxes),)


def find_several_products(several: Figures) -> tuple[Defect, ...]:
    """Return a defect for each place of other things among the product, all as grave as all of them together."""
    (others,) = several
    amount = severity(others.value or 0.0, HARMLESS, USELESS)
    return tuple(
        Defect(code=DefectCode.MULTIPLE_PRODUCTS, severity=amount, box=box) for box in others.boxes if amount > 0
    )


SEVERAL_PRODUCTS = Measure(
    "background", frozenset({DefectCode.MULTIPLE_PRODUCTS}), measure_several_products, find_several_products
)
