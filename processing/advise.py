"""Advise: of all that is wrong with a photo, what the seller is to do first."""

from collections.abc import Set

from config.score import ScoreWeights
from models.assessment import Defect, DefectCode
from models.matte import Doubt
from models.repair import Remedy
from processing.assess.measures import PART
from processing.repair import predict_remedy

NONE: Set[DefectCode] = frozenset()


def order_advice(
    defects: tuple[Defect, ...], weights: ScoreWeights, *, trusted: bool, unmended: Set[DefectCode] = NONE
) -> tuple[Defect, ...]:
    """Return the defects in the order in which they matter to the seller, each kind once, at its gravest.

    First what only she can mend, then what we mend ourselves; within each, what costs the photo most points.
    ``trusted`` says whether the product can be cut out, ``unmended`` what we have tried to mend in vain.
    """
    gravest: dict[str, Defect] = {}
    for defect in sorted(defects, key=lambda one: -one.severity):
        gravest.setdefault(defect.code, defect)

    def rank(defect: Defect) -> tuple[bool, float]:
        return _is_ours(defect, trusted, unmended), -weights.parts[PART[defect.code]] * defect.severity

    return tuple(sorted(gravest.values(), key=rank))


def first_action(
    defects: tuple[Defect, ...], weights: ScoreWeights, *, trusted: bool, unmended: Set[DefectCode] = NONE
) -> Defect | None:
    """Return the defect that the seller is to see to first; ``None`` where there is nothing for her to do."""
    ordered = order_advice(defects, weights, trusted=trusted, unmended=unmended)
    return ordered[0] if ordered and not _is_ours(ordered[0], trusted, unmended) else None


def advice_section(
    defects: tuple[Defect, ...],
    doubts: tuple[Doubt, ...],
    weights: ScoreWeights,
    *,
    trusted: bool,
    unmended: Set[DefectCode] = NONE,
) -> str | None:
    """Return the section of ``config/messages`` with the one thing to do about a photo, ``None`` for a good one.

    A doubt about the cut-out is told where it is not trusted and no defect explains why.
    """
    first = first_action(defects, weights, trusted=trusted, unmended=unmended)
    if first is not None:
        return f"defect.{first.code}"
    return f"doubt.{doubts[0]}" if doubts and not trusted else None


def _is_ours(defect: Defect, trusted: bool, unmended: Set[DefectCode]) -> bool:
    """Return whether we mend a defect ourselves."""
    return defect.code not in unmended and predict_remedy(defect, trusted=trusted) is Remedy.REPAIR
