"""A fact about a product, with its evidence."""

from enum import StrEnum
from typing import Literal

from models.geometry import Box
from models.value import Value

Unit = Literal["g", "ml", "cm", "piece", "rupiah"]
"""What a fact's figure counts."""


class Evidence(Value):
    """Where a value comes from: her words, a label in a photo, the pixels, or her answer to a question."""

    source: Literal["note", "label", "pixels", "answer"]
    quote: str
    """The words or figure that it rests on, as found."""
    span: tuple[int, int] | None = None
    """In the note's words: from this character, up to and without that one."""
    photo: str | None = None
    """The file that the label or the pixels are in."""
    box: Box | None = None
    """Where in that photo."""


class FactKind(StrEnum):
    """What a fact is about; each has its name in ``config/copy``."""

    BRAND = "brand"
    FLAVOUR = "flavour"
    MATERIAL = "material"
    COLOUR = "colour"
    PATTERN = "pattern"
    SIZE = "size"
    DIMENSION = "dimension"
    PROPORTION = "proportion"
    WEIGHT = "weight"
    VOLUME = "volume"
    COUNT = "count"
    ORIGIN = "origin"
    PRICE = "price"
    PERMIT = "permit"
    """A food or cosmetics registration: P-IRT, BPOM MD or ML."""
    HALAL = "halal"
    EXPIRY = "expiry"


class Fact(Value):
    """One thing that is known."""

    kind: FactKind
    value: str
    """As a buyer is told it, in Indonesian: ``250 g``, ``isi 10``, ``cokelat``; a price in plain digits."""
    amount: float | None = None
    """The figure in ``unit``, by which two facts of a kind are compared; ``None`` where there is not just one."""
    unit: Unit | None = None
    evidence: Evidence
    confidence: float
    """In [0, 1]: the probability that a careful reader would say the same."""


class Conflict(Value):
    """Two or more facts of a kind of which only one can be so, for they come from different sources."""

    kind: FactKind
    facts: tuple[Fact, ...]
    """One of each value, the surest first."""


class Facts(Value):
    """All that is known of a product."""

    facts: tuple[Fact, ...]
    """Her words' first, in the order of :class:`FactKind` and of the words; a value once for each source."""
    conflicts: tuple[Conflict, ...] = ()
    unclear: tuple[FactKind, ...] = ()
    """What her words speak of without a value that can be told: the price of ``10-15rb``."""
    rest: str = ""
    """Her words with contacts, terms of sale, measures, prices and the like turned into spaces, each place where
    it was: what is left to name the product."""

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """Return the facts of a kind."""
        return tuple(fact for fact in self.facts if fact.kind is kind)
