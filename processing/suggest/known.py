"""Known: all that a listing's words may say of it, free of what no words may say."""

import re
from dataclasses import dataclass
from functools import cache

from config.categories import Category, family_of, load_categories
from config.colours import load_colours
from config.flavours import load_flavours
from config.glossary import load_glossary
from config.materials import load_materials
from config.vocabulary import load_vocabulary
from models.fact import Fact, FactKind
from processing.suggest.claims import claims_in_name, find_claim, plain, words_of

LONGEST = 60
"""Characters of a value in words; what is longer is a story."""
SEEN = re.compile(r"[\w\s.,:/()&'%\N{RIGHT SINGLE QUOTATION MARK}\N{EN DASH}-]+")
"""Signs that a value may have."""
LISTED = frozenset({FactKind.FLAVOUR, FactKind.MATERIAL, FactKind.COLOUR, FactKind.PATTERN})
NAMES = frozenset({FactKind.BRAND, FactKind.ORIGIN})
TASTES = frozenset({"original", "super pedas"})
"""Tastes whose names have a word that would be a claim."""
MOST_WORDS = 4
"""Of a brand or a place on a label."""
MARKS = {FactKind.HALAL: "label", FactKind.PERMIT: "label"}
"""Kinds of which only one source is evidence: that goods are halal or registered, her word is not."""
BY_NUMBER = frozenset({FactKind.PERMIT, FactKind.HALAL})
"""Kinds that are claims themselves, and have a check of their own."""


@dataclass(frozen=True, slots=True)
class Known:
    """What may be told."""

    name: str | None
    """In the seller's words, in title case."""
    facts: tuple[Fact, ...]
    """One of each value, in the order of kinds."""
    code: str | None
    """The category's; ``None`` where no guess is sure enough."""
    small: frozenset[str] = frozenset()
    """The words of the name that she wrote without a capital, which is how a sentence has them."""

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """Return the facts of a kind."""
        return tuple(fact for fact in self.facts if fact.kind is kind)

    @property
    def category(self) -> Category | None:
        """The category."""
        return None if self.code is None else load_categories()[self.code]

    @property
    def family(self) -> str | None:
        """The family of goods that the category belongs to."""
        return None if self.code is None else family_of(self.code)


def know(name: str | None, facts: tuple[Fact, ...], code: str | None, written: str = "") -> Known:
    """Return what may be told: a name without claims, and of each fact one, where its value can be shown.

    ``written`` is the name as she wrote it, before it became a title.
    """
    kept: dict[tuple[FactKind, str], Fact] = {}
    hers = {plain(fact.value) for fact in facts if fact.kind is FactKind.BRAND and fact.evidence.source != "label"}
    for fact in facts:
        if _can_be_told(fact) and not (_is_brand_on_label(fact) and plain(fact.value) not in hers):
            kept.setdefault((fact.kind, plain(fact.value)), fact)
    order = list(FactKind)
    told = bool(name and words_of(plain(name)) and not claims_in_name(name) and SEEN.fullmatch(plain(name)))
    whole = name if told else None
    small = frozenset(word for word in words_of(written) if word.islower())
    return Known(whole, tuple(sorted(kept.values(), key=lambda fact: order.index(fact.kind))), code, small)


def _is_brand_on_label(fact: Fact) -> bool:
    """Return whether a label tells a brand: praise is printed as large, and only her words tell the two apart."""
    return fact.kind is FactKind.BRAND and fact.evidence.source == "label"


def _can_be_told(fact: Fact) -> bool:
    value = fact.value
    if not plain(value) or len(value) > LONGEST or not SEEN.fullmatch(plain(value)) or "\n" in value:
        return False
    if fact.evidence.source != MARKS.get(fact.kind, fact.evidence.source):
        return False
    if fact.kind in BY_NUMBER:
        return True
    claims = find_claim(value) is not None and not _is_taste(fact)
    return not claims and (fact.evidence.source != "label" or _is_readable_as(fact))


def _is_taste(fact: Fact) -> bool:
    """Return whether a word that would be a claim is a taste, by her own word."""
    return fact.kind is FactKind.FLAVOUR and fact.value in TASTES and fact.evidence.source != "label"


def _is_readable_as(fact: Fact) -> bool:
    """Return whether what a label says can be a value of the kind: anything may be printed there.

    A taste, a material or a colour has a word that we know; a brand or a place is a name, and no sentence.
    """
    if fact.kind in LISTED:
        return plain(fact.value) in _listed(fact.kind)
    if fact.kind in NAMES:
        words = words_of(plain(fact.value))
        return len(words) <= MOST_WORDS and not set(words) & load_vocabulary().words and "/" not in fact.value
    return True


@cache
def _listed(kind: FactKind) -> frozenset[str]:
    glossary = load_glossary()
    match kind:
        case FactKind.FLAVOUR:
            return frozenset((*glossary.flavour, *load_flavours().spelt))
        case FactKind.MATERIAL:
            return frozenset((*glossary.material, *load_materials().spelt))
        case FactKind.COLOUR:
            return frozenset((*glossary.colour, *load_colours().spelt))
    return frozenset(glossary.pattern)
