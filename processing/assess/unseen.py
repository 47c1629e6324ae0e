"""Unseen: what buyers and marketplaces mind, and what no measure here can tell.

There is no measure of them yet. They are named all the same, so that nobody takes silence for a clean bill.
"""

from config.messages import Messages
from models.assessment import Assessment, Defect, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.subject import Subject

NAMES = ("hands_and_people", "mirror", "logo")


def leave_open(subject: Subject) -> Figures:
    """Return ``hands_and_people``, ``mirror`` and ``logo``, shares of the photo, each ``None``: not checked."""
    return tuple(Measurement(name=name, value=None, unit="share") for name in NAMES)


def find_nothing(figures: Figures) -> tuple[Defect, ...]:
    """Return no defect."""
    return ()


def say_left_open(assessment: Assessment, messages: Messages) -> str:
    """Return in words what nobody has looked for on a photo; empty where there is no such thing."""
    unchecked = {one.name for one in assessment.measurements if one.value is None}
    things = ", ".join(messages.text(f"unseen.{name}") for name in NAMES if name in unchecked)
    return messages.text("unseen.told", things=things) if things else ""


UNSEEN = Measure("content", frozenset(), leave_open, find_nothing)
