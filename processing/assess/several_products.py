"""Several products: whether different things are for sale on one photo; a pair or a set is one product."""

import cv2
import numpy as np

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.bystanders import find_bystander
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.matte.parts import share_of_strangers

WORKING_SIDE = 256
"""px; parts that lie apart by less are one."""

HARMLESS, USELESS = 0.08, 0.45
"""Share of all that is shown for sale in parts unlike the largest one: a tag or a hook has less."""


def measure_company(subject: Subject) -> Figures:
    """Return how much of what is shown for sale is another thing; ``None`` where the product is not known.

    Returns
    -------
    Figures
        ``strangers``: share of the product's area in parts that lie apart and differ in size or colour; the
        largest thing beside it that the cut-out leaves out counts as one more.
    """
    share = None
    if subject.alpha is not None:
        height, width = subject.product.shape
        scale = min(1.0, WORKING_SIDE / max(height, width))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        product = cv2.resize(subject.product.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
        pixels = cv2.resize(subject.pixels, size, interpolation=cv2.INTER_AREA)
        lab = cv2.cvtColor(np.asarray(pixels, dtype=np.float32) / 255, cv2.COLOR_RGB2LAB)
        within = share_of_strangers(np.asarray(lab, dtype=np.float32), np.asarray(product))
        share = 1 - (1 - within) / (1 + find_bystander(subject.pixels, subject.product))
    return (Measurement(name="strangers", value=share, unit="share"),)


def find_company(company: Figures) -> tuple[Defect, ...]:
    """Return the defect that other things among the product imply, if any."""
    (strangers,) = company
    amount = severity(strangers.value or 0.0, HARMLESS, USELESS)
    return (Defect(code=DefectCode.MULTIPLE_PRODUCTS, severity=amount),) if amount > 0 else ()


SEVERAL_PRODUCTS = Measure("background", frozenset({DefectCode.MULTIPLE_PRODUCTS}), measure_company, find_company)
