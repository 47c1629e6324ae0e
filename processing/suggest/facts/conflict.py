"""Conflict: her words and a label say different things of what can be only one."""

from itertools import chain

from models.fact import Conflict, Fact, FactKind

COMPARED = (FactKind.WEIGHT, FactKind.VOLUME)
"""Kinds with one figure, of which a label has one."""
SAME = 0.02
"""Share by which two figures may differ and still be the same."""
SURE = 0.7
"""Confidence under which a label is too badly read to contradict her."""


def find_conflicts(facts: tuple[Fact, ...]) -> tuple[Conflict, ...]:
    """Return each kind of which her words and the labels have values and none in common.

    Several values in her words are variants: a label that has one of them contradicts nothing.
    """
    return tuple(chain.from_iterable(_of_kind(kind, facts) for kind in COMPARED))


def _of_kind(kind: FactKind, facts: tuple[Fact, ...]) -> list[Conflict]:
    said = [one for one in facts if one.kind is kind and one.evidence.source == "note" and one.amount]
    printed = [
        one
        for one in facts
        if one.kind is kind and one.evidence.source == "label" and one.amount and one.confidence >= SURE
    ]
    if not said or not printed or any(_agree(one, other) for one in said for other in printed):
        return []
    return [Conflict(kind=kind, facts=tuple(sorted((*said, *printed), key=lambda fact: -fact.confidence)))]


def _agree(one: Fact, other: Fact) -> bool:
    assert one.amount and other.amount
    return abs(one.amount - other.amount) <= SAME * max(one.amount, other.amount)
