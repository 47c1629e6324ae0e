"""Advise: of all that is wrong with a photo, what the seller is to do first."""

from config.score import ScoreWeights
from models.assessment import Defect
from models.matte import Doubt
from models.repair import Remedy
from processing.assess.measures import PART
from processing.repair import predict_remedy


def order_advice(defects: tuple[Defect, ...], weights: ScoreWeights, *, trusted: bool) -> tuple[Defect, ...]:
    """Return the defects in the order in which they matter to the seller, each kind once, at its gravest.

    First what only she can mend, then what we mend ourselves; within each, what costs the photo most points.
    ``trusted`` says whether the product can be cut out.
    """
    gravest: dict[str, Defect] = {}
    for defect in sorted(defects, key=lambda one: -one.severity):
        gravest.setdefault(defect.code, defect)

    def rank(defect: Defect) -> tuple[bool, float]:
        ours = predict_remedy(defect, trusted=trusted) is Remedy.REPAIR
        return ours, -weights.parts[PART[defect.code]] * defect.severity

    return tuple(sorted(gravest.values(), key=rank))


def first_action(defects: tuple[Defect, ...], weights: ScoreWeights, *, trusted: bool) -> Defect | None:
    """Return the defect that the seller is to see to first; ``None`` where there is nothing for her to do."""
    ordered = order_advice(defects, weights, trusted=trusted)
    if not ordered or predict_remedy(ordered[0], trusted=trusted) is Remedy.REPAIR:
        return None
    return ordered[0]


def advice_section(
    defects: tuple[Defect, ...], doubts: tuple[Doubt, ...], weights: ScoreWeights, *, trusted: bool
) -> str | None:
    """Return the section of ``config/messages`` with the one thing to do about a photo, ``None`` for a good one.

    A doubt about the cut-out is told where it is not trusted and no defect explains why.
    """
    first = first_action(defects, weights, trusted=trusted)
    if first is not None:
        return f"defect.{first.code}"
    return f"doubt.{doubts[0]}" if doubts and not trusted else None
