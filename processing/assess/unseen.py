"""Unseen: what buyers and marketplaces mind, and what no measure here can tell.

There is no measure of them yet. They are named all the same, so that nobody takes silence for a clean bill.
"""

from models.assessment import Defect, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.subject import Subject

NAMES = ("hands_and_people", "mirror", "logo")


def leave_open(subject: Subject) -> Figures:
    """Return ``hands_and_people``, ``mirror`` and ``logo``, shares of the photo, each ``None``: not checked."""
    return tuple(Measurement(name=name, value=None, unit="share") for name in NAMES)


def find_nothing(figures: Figures) -> tuple[Defect, ...]:
    """Return no defect."""
    return ()


UNSEEN = Measure("content", frozenset(), leave_open, find_nothing)
