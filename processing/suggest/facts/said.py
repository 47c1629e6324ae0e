"""What a stretch of text says: every finder returns mentions of this."""

from dataclasses import dataclass

from models.fact import Fact, FactKind, Unit
from processing.suggest.mention import Mention


@dataclass(frozen=True, slots=True)
class Said:
    """A value in its normal form, and its figure where it has one."""

    value: str
    """As :attr:`models.fact.Fact.value`."""
    amount: float | None = None
    unit: Unit | None = None
    confidence: float = 0.97
    """In [0, 1]. An order of the ways in which values are found, by the development notes."""


def fact_of(kind: FactKind, mention: Mention[Said], words: str) -> Fact:
    """Return the fact that a mention in her words states."""
    said = mention.value
    return Fact(
        kind=kind,
        value=said.value,
        amount=said.amount,
        unit=said.unit,
        evidence=mention.evidence(words),
        confidence=said.confidence,
    )
