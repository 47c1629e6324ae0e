"""Facts of the seller's own words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from models.fact import Evidence, Fact, FactKind
from models.note import SellerNote
from processing.suggest.facts.brand import find_brands
from processing.suggest.facts.charge import find_charges
from processing.suggest.facts.colour import find_colours
from processing.suggest.facts.contact import find_contacts
from processing.suggest.facts.count import find_counts, tells_number
from processing.suggest.facts.denied import find_denied
from processing.suggest.facts.dimension import find_dimensions
from processing.suggest.facts.expiry import find_expiries
from processing.suggest.facts.flavour import find_flavours
from processing.suggest.facts.halal import find_halal
from processing.suggest.facts.material import find_materials
from processing.suggest.facts.origin import find_origins
from processing.suggest.facts.pattern import find_patterns
from processing.suggest.facts.permit import find_permits
from processing.suggest.facts.price import HIGHEST, LOWEST, Price, find_prices
from processing.suggest.facts.said import Said, fact_of
from processing.suggest.facts.size import find_sizes
from processing.suggest.facts.volume import find_volumes
from processing.suggest.facts.weight import find_weights
from processing.suggest.mention import Mention, blank

Find = Callable[[str], tuple[Mention[Said], ...]]

MEASURES: dict[FactKind, Find] = {
    FactKind.WEIGHT: find_weights,
    FactKind.VOLUME: find_volumes,
    FactKind.DIMENSION: find_dimensions,
    FactKind.SIZE: find_sizes,
    FactKind.COUNT: find_counts,
}
"""Each kind of measure with what finds it; what one has taken, the next does not see."""

NAMES: dict[FactKind, Find] = {
    FactKind.FLAVOUR: find_flavours,
    FactKind.MATERIAL: find_materials,
    FactKind.COLOUR: find_colours,
    FactKind.PATTERN: find_patterns,
    FactKind.ORIGIN: find_origins,
}
"""Each kind that is told in words, which stay part of the product's name; a brand's words tell nothing else."""

SPACES = re.compile(r"\s*")
LEADS_TO = re.compile(r"\s{0,3}(?:[:=]|cuma|hanya|jadi|harga(?:nya)?)?\s{0,3}", re.IGNORECASE)

PRICE_APART, PRICE_MARKED, PRICE_BARE = 1.0, 0.95, 0.7
"""How sure we are of a price: an order, not measured."""


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """What her words say."""

    facts: tuple[Fact, ...]
    unclear: tuple[FactKind, ...]
    rest: str
    """As :attr:`models.fact.Facts.rest`."""


def read_note_facts(note: SellerNote) -> NoteFacts:
    """Return the facts in her words, those of a kind in the words' order, and the price given apart."""
    permits, expiries = find_permits(note.words), find_expiries(note.words)
    text = blank(blank(note.words, permits), expiries)
    found = {FactKind.PERMIT: permits, FactKind.EXPIRY: expiries, FactKind.HALAL: find_halal(text)}
    text = blank(text, find_contacts(text))
    text = blank(text, find_charges(text))
    for kind, find in MEASURES.items():
        found[kind] = find(text)
        text = blank(text, found[kind])
    prices = find_prices(text)
    rest = blank(text, prices)
    told = blank(rest, find_denied(rest))
    brands = find_brands(told)
    unnamed = blank(told, brands)
    found |= {FactKind.BRAND: brands} | {kind: find(unnamed) for kind, find in NAMES.items()}

    bundles = _bundles(note.words, found[FactKind.COUNT], prices)
    kept = tuple(price for price in prices if price.start not in bundles)
    others = bundles | _other_offers(note, prices)
    facts = [
        fact_of(kind, mention, note.words)
        for kind, mentions in found.items()
        for mention in mentions
        if not (kind in MEASURES and _leads_to(note.words, mention, others))
        and not (kind is FactKind.COUNT and not tells_number(mention.value))
    ]
    facts += _prices(note, kept)
    unclear = any(price.value.rupiah is None for price in kept) and note.price is None
    return NoteFacts(
        facts=tuple(_once(facts)),
        unclear=(FactKind.PRICE,) if unclear else (),
        rest=rest,
    )


def _bundles(words: str, counts: tuple[Mention[Said], ...], prices: tuple[Mention[Price], ...]) -> set[int]:
    """Return where the prices of several at once begin: the 45,000 of ``2 toples 45rb`` where one costs 25,000."""
    several = [
        count for count in counts if (count.value.amount or 0) > 1 and not count.value.value.startswith("isi")
    ]
    starts = {price.start for price in prices}
    offers = [count for count in counts if (count.value.amount or 0) > 1]
    if starts <= {start for count in offers for start in _next(words, count)}:
        return set()
    found = {start for count in several for start in _next(words, count) if start in starts}
    return found if len(found) < len(starts) else set()


def _next(words: str, count: Mention[Said]) -> tuple[int, int]:
    """Return where what follows a count begins, with and without a word such as ``cuma``."""
    spaces, leading = SPACES.match(words, count.end), LEADS_TO.match(words, count.end)
    return spaces.end() if spaces else count.end, leading.end() if leading else count.end


def _other_offers(note: SellerNote, prices: tuple[Mention[Price], ...]) -> set[int]:
    """Return where the prices begin that are not the one that she gives apart."""
    if note.price is None:
        return set()
    return {price.start for price in prices if price.value.rupiah != note.price}


def _leads_to(words: str, mention: Mention[Said], prices: set[int]) -> bool:
    """Return whether nothing stands between a measure and one of the prices that begin there."""
    spaces = SPACES.match(words, mention.end)
    return spaces is not None and spaces.end() in prices


def _prices(note: SellerNote, prices: tuple[Mention[Price], ...]) -> list[Fact]:
    if note.price is not None:
        if not LOWEST <= note.price <= HIGHEST:
            return []
        return [_price(note.price, Evidence(source="note", quote=str(note.price)), PRICE_APART)]
    marked = any(price.value.marked for price in prices)
    return [
        _price(price.value.rupiah, price.evidence(note.words), PRICE_MARKED if marked else PRICE_BARE)
        for price in prices
        if price.value.rupiah is not None
    ]


def _price(rupiah: int, evidence: Evidence, confidence: float) -> Fact:
    return Fact(
        kind=FactKind.PRICE,
        value=str(rupiah),
        amount=rupiah,
        unit="rupiah",
        evidence=evidence,
        confidence=confidence,
    )


def _once(facts: list[Fact]) -> list[Fact]:
    """Keep the first fact of each value."""
    first: dict[tuple[FactKind, str], Fact] = {}
    for fact in facts:
        first.setdefault((fact.kind, fact.value), fact)
    return list(first.values())
