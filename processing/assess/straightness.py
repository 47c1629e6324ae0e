"""Straightness: whether the product stands or lies straight in its photo."""

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.assess.symmetry import measure_lean
from processing.tilt import measure_tilt

HARMLESS, USELESS = 10.0, 30.0
"""Degrees. A pair of shoes seen aslant seems to lean by up to 10; of 300 sellers' photos three lean by more."""


def measure_straightness(subject: Subject) -> Figures:
    """Return how far the product leans.

    Returns
    -------
    Figures
        ``tilt`` in degrees within [-45, 45], positive clockwise: of the product's straight edges, or else of the
        axis about which it is alike on both sides; ``None`` where it has neither.
    """
    tilt = None
    if subject.alpha is not None:
        size = subject.picture.width, subject.picture.height
        tilt = measure_tilt(subject.alpha, *size)
        if tilt is None:
            tilt = measure_lean(subject.alpha, *size)
    return (Measurement(name="tilt", value=tilt, unit="degrees"),)


def find_tilt(straightness: Figures) -> tuple[Defect, ...]:
    """Return the defect that a measured lean implies, if any."""
    (tilt,) = straightness
    amount = 0.0 if tilt.value is None else severity(abs(tilt.value), HARMLESS, USELESS)
    return (Defect(code=DefectCode.TILTED, severity=amount),) if amount > 0 else ()


STRAIGHTNESS = Measure("framing", frozenset({DefectCode.TILTED}), measure_straightness, find_tilt)
