"""Advise: of all that is wrong with a photo, what the seller is to do first."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.score import ScoreWeights
from models.assessment import Defect, DefectCode
from models.geometry import Box
from models.matte import Doubt
from models.photo import Finished
from models.repair import Remedy, Repair
from processing.assess.measures import PART
from processing.repair import predict_remedy

TOLD_BY = {Doubt.BUSY_BACKGROUND: DefectCode.CLUTTERED_BACKGROUND}
"""Doubts in whose place a defect says the same, also where the product is not known."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is to be said of a photo."""

    section: str
    """Of ``config/messages``, with its title and its advice."""
    ours: bool = False
    """True: we see to it, and there is nothing for the seller to do."""
    severity: float | None = None
    """Of a defect where it is gravest, in [0, 1]."""
    places: tuple[Box, ...] = ()
    """Where on the photo as it was sent; of a defect that it has several times, all of them."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What its title names."""


def findings_of(photo: Finished, weights: ScoreWeights) -> tuple[Finding, ...]:
    """Return all that is to be said of a processed photo, what the seller is to do first at the beginning.

    A photo that was there before is told after what is wrong with it, and before what we have seen to.
    """
    found = find_advice(
        photo.assessment.defects,
        photo.doubts,
        weights,
        trusted=photo.trusted,
        repairs=photo.repairs,
    )
    if photo.repeats is None:
        return found
    told = {"file": photo.repeats.file, "listing": photo.repeats.listing}
    repeat = Finding(f"repeat.{photo.repeats.whose}", values=told)
    hers = tuple(one for one in found if not one.ours)
    return (*hers, repeat, *found[len(hers) :])


def find_advice(
    defects: tuple[Defect, ...],
    doubts: tuple[Doubt, ...],
    weights: ScoreWeights,
    *,
    trusted: bool,
    repairs: tuple[Repair, ...] = (),
) -> tuple[Finding, ...]:
    """Return all that is to be said of a photo: what is hers to mend, then what we mend ourselves.

    Doubts about a cut-out that is used are not told: nobody is to take a photo again that serves. Those about
    one that is not come after the defects that she can see to, but for one that a defect has told already.
    """
    hers: list[Finding] = []
    ours: list[Finding] = []
    for defect in order_advice(defects, weights, trusted=trusted, repairs=repairs):
        is_ours = _is_ours(defect, trusted, repairs)
        places = tuple(one.box for one in defects if one.code == defect.code and one.box is not None)
        (ours if is_ours else hers).append(Finding(f"defect.{defect.code}", is_ours, defect.severity, places))
    codes = {one.code for one in defects}
    told = () if trusted else tuple(doubt for doubt in doubts if TOLD_BY.get(doubt) not in codes)
    return (*hers, *(Finding(f"doubt.{doubt}") for doubt in told), *ours)


def order_advice(
    defects: tuple[Defect, ...],
    weights: ScoreWeights,
    *,
    trusted: bool,
    repairs: tuple[Repair, ...] = (),
) -> tuple[Defect, ...]:
    """Return the defects in the order in which they matter to the seller, each kind once, at its gravest.

    First what only she can mend, then what we mend ourselves; within each, what costs the photo most points.
    ``trusted`` says whether the product can be cut out, ``repairs`` what came of those that we have tried to mend.
    """
    gravest: dict[str, Defect] = {}
    for defect in sorted(defects, key=lambda one: -one.severity):
        gravest.setdefault(defect.code, defect)

    def rank(defect: Defect) -> tuple[bool, float]:
        return _is_ours(defect, trusted, repairs), -weights.parts[PART[defect.code]] * defect.severity

    return tuple(sorted(gravest.values(), key=rank))


def first_action(
    defects: tuple[Defect, ...], weights: ScoreWeights, *, trusted: bool, repairs: tuple[Repair, ...] = ()
) -> Defect | None:
    """Return the defect that the seller is to see to first; ``None`` where there is nothing for her to do."""
    ordered = order_advice(defects, weights, trusted=trusted, repairs=repairs)
    return ordered[0] if ordered and not _is_ours(ordered[0], trusted, repairs) else None


def _is_ours(defect: Defect, trusted: bool, repairs: tuple[Repair, ...]) -> bool:
    """Return whether we mend a defect ourselves: by what came of it if we tried, or else by what is expected."""
    tried = next((repair for repair in repairs if repair.code == defect.code), None)
    return tried.worked if tried else predict_remedy(defect, trusted=trusted) is Remedy.REPAIR
