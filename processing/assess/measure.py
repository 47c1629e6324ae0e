"""A measure: what is looked at, and what its figures mean."""

from collections.abc import Callable
from dataclasses import dataclass

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.subject import Subject

Figures = tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One way of looking at a photo; each file beside this one ends with its own."""

    part: str
    """The part of the score, of ``config/score.toml``, that its defects take points from."""
    defects: frozenset[DefectCode]
    """What it can find."""
    measure: Callable[[Subject], Figures]
    """What is measured: always the same names, without a value where this photo does not allow the check."""
    find: Callable[[Figures], tuple[Defect, ...]]
    """The defects that those figures imply."""
