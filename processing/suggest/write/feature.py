"""Features: what a title tells besides the name, each only where it has one value and the name does not say it."""

import re

from config.messages import Language
from config.spellings import usual_spelling
from models.fact import Fact, FactKind
from processing.suggest.casing import title_case
from processing.suggest.claims import plain, words_of
from processing.suggest.known import Known
from processing.suggest.write.value import tell

ALWAYS = (
    FactKind.FLAVOUR,
    FactKind.MATERIAL,
    FactKind.COLOUR,
    FactKind.WEIGHT,
    FactKind.VOLUME,
    FactKind.DIMENSION,
    FactKind.SIZE,
    FactKind.COUNT,
)
"""What buyers look for in a title, in the order in which it stands there."""
MORE = (FactKind.PATTERN, FactKind.ORIGIN)
"""What makes a title longer where a marketplace wants it longer."""
FORMS = {
    "id": {
        FactKind.FLAVOUR: "Rasa {}",
        FactKind.MATERIAL: "Bahan {}",
        FactKind.PATTERN: "Motif {}",
        FactKind.COLOUR: "Warna {}",
        FactKind.ORIGIN: "dari {}",
        FactKind.SIZE: "Ukuran {}",
    },
    "en": {FactKind.FLAVOUR: "{} Flavour", FactKind.ORIGIN: "from {}", FactKind.SIZE: "Size {}"},
}
FOOD = frozenset({"food", "snacks", "herbs", "farm"})
"""Families whose colour says nothing to a buyer."""
MEASURED = re.compile(r"^[^\W\d]+(?: [^\W\d]+)?(?= \d)")
"""What a dimension is of: ``lingkar dada``."""
FITS_ALL = "all size"
"""A size that says so itself."""
HANDLES = ("gagang", "pegangan", "tangkai", "handle")
"""What stands after one of these in a name is what it is made of, and not the whole."""
IN_WORDS = frozenset({FactKind.FLAVOUR, FactKind.MATERIAL, FactKind.PATTERN, FactKind.COLOUR})


def feature(known: Known, kind: FactKind, language: Language) -> str | None:
    """Return what a title says of a kind of fact, or ``None``."""
    facts = [fact for fact in told(known, kind) if fact.evidence.source != "pixels"]
    if len(facts) != 1 or says_fact(known, facts[0]):
        return None
    value = tell(facts[0], language)
    if kind in IN_WORDS or kind is FactKind.COUNT or facts[0].value == FITS_ALL:
        value = title_case(value.split())
    if kind is FactKind.DIMENSION and language == "id":
        value = MEASURED.sub(lambda label: title_case(label[0].split()), value)
    form = FORMS[language].get(kind, "{}")
    said = facts[0].value == FITS_ALL or value.casefold().startswith(form.partition(" ")[0].casefold())
    text = value if said else form.format(value)
    return text if kind is FactKind.ORIGIN else f"{text[:1].upper()}{text[1:]}"


def says(name: str, value: str) -> bool:
    """Return whether a name has all words of a value, in whatever spelling."""
    return bool(plain(value)) and set(words_of(usual_spelling(plain(value)))) <= set(
        words_of(usual_spelling(plain(name)))
    )


def says_fact(known: Known, fact: Fact, name: str | None = None) -> bool:
    """Return whether a name has a fact's value, or the seller's own words for it: ``Tasik`` for Tasikmalaya.

    It is the product's own name where no other one is given.
    """
    said = known.name or "" if name is None else name
    return says(said, fact.value) or (fact.evidence.source == "note" and says(said, fact.evidence.quote))


def _is_of_handle(known: Known, fact: Fact) -> bool:
    named = f" {plain(known.name or '')} "
    stuff = plain(fact.evidence.quote)
    return fact.kind is FactKind.MATERIAL and any(f" {handle} {stuff} " in named for handle in HANDLES)


def told(known: Known, kind: FactKind) -> tuple[Fact, ...]:
    """Return the facts of a kind that a text may tell.

    How many a photo shows is not how many are sold, and that there is one goes without saying. What a handle is
    of, the whole is not.
    """
    facts = tuple(fact for fact in known.of(kind) if not _is_of_handle(known, fact))
    elsewhere = tuple(fact for fact in facts if fact.evidence.source != "pixels")
    if kind is FactKind.COUNT:
        return tuple(fact for fact in elsewhere if fact.amount != 1)
    if elsewhere or (kind is FactKind.COLOUR and known.family in FOOD):
        return elsewhere
    return facts
