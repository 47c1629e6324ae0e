"""Lesson: what is right on a seller's photos, her two most frequent mistakes, and a photo before and after."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol

from models.assessment import Defect
from models.lesson import Lesson, Mistake, Praise
from models.matte import Doubt
from models.photo import Finished
from models.repair import Repair
from processing.assess.unseen import UNSEEN

MOST = 2
"""Praises and mistakes: more than two at a time nobody remembers."""

MOSTLY = 0.5
"""Share of the photos that must be right before that is praised."""


class Assessed(Protocol):
    """What was found wrong."""

    @property
    def defects(self) -> tuple[Defect, ...]:
        """All defects."""
        ...


class Judged(Protocol):
    """What of a photo tells what its seller could do better: all of a finished one, or a glimpse of it."""

    @property
    def trust(self) -> float:
        """How sure the cut-out is."""
        ...

    @property
    def trusted(self) -> bool:
        """Whether it is used."""
        ...

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why it may not be sure."""
        ...

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What we have tried to mend."""
        ...

    @property
    def assessment(self) -> Assessed | None:
        """What was found wrong."""
        ...


def prepare_lesson(seller: str, photos: Sequence[Finished]) -> Lesson:
    """Return a seller's lesson. Raises ValueError without a photo."""
    if not photos:
        raise ValueError(f"{seller} has no photo to learn from")
    trusted = [photo for photo in photos if photo.trusted]
    return Lesson(
        seller=seller,
        photos=tuple(photos),
        score=round(sum(photo.assessment.score for photo in photos) / len(photos)),
        praises=_praises(photos),
        mistakes=_mistakes(photos),
        pair=max(trusted, key=attrgetter("assessment.score"), default=None),
    )


def _praises(photos: Sequence[Finished]) -> tuple[Praise, ...]:
    """Return what is right most often, each part of the score where it could be checked.

    A part to which things belong that nobody looks for is not praised: hands on a photo are not to be called good.
    """
    seen: dict[str, list[bool]] = {}
    for photo in photos:
        for part, share in photo.assessment.parts.items():
            if share is not None and part != UNSEEN.part:
                seen.setdefault(part, []).append(share == 1)
    praises = (Praise(part=part, good=sum(right), of=len(right)) for part, right in seen.items())
    earned = [praise for praise in praises if praise.good and praise.good >= MOSTLY * praise.of]
    return tuple(sorted(earned, key=lambda praise: (-praise.good / praise.of, -praise.of))[:MOST])


def _mistakes(photos: Sequence[Finished]) -> tuple[Mistake, ...]:
    """Return what is wrong most often, without what we have mended."""
    found: dict[str, list[tuple[float, Finished]]] = {}
    for photo in photos:
        for section, severity in her_mistakes(photo).items():
            found.setdefault(section, []).append((severity, photo))
    ordered = sorted(
        found.items(), key=lambda one: (-len(one[1]), -sum(severity for severity, _ in one[1]), one[0])
    )
    return tuple(_mistake(section, those) for section, those in ordered[:MOST])


def _mistake(section: str, those: Sequence[tuple[float, Finished]]) -> Mistake:
    example = max(those, key=lambda one: one[0])[1]
    boxes = (one.box for one in example.assessment.defects if f"defect.{one.code}" == section)
    return Mistake(
        section=section,
        count=len(those),
        example=example,
        boxes=tuple(box for box in boxes if box is not None),
    )


def her_mistakes(photo: Judged) -> dict[str, float]:
    """Return how grave each kind of defect is that no repair has mended, and the gravest doubt."""
    mended = {repair.code for repair in photo.repairs if repair.worked}
    found: dict[str, float] = {}
    for defect in photo.assessment.defects if photo.assessment else ():
        if defect.code not in mended:
            section = f"defect.{defect.code}"
            found[section] = max(found.get(section, 0.0), defect.severity)
    if not photo.trusted and photo.doubts and photo.doubts[0] is not Doubt.UNCLEAR:
        # What keeps us from telling the product from its background is hers to see to as well.
        found[f"doubt.{photo.doubts[0]}"] = 1 - photo.trust
    return found
