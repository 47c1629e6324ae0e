"""Spoken name: the product's name inside a sentence, in small letters but for what is a name itself."""

from functools import cache

from config.colours import load_colours
from config.flavours import load_flavours
from config.materials import load_materials
from config.messages import Language
from config.places import load_places
from models.fact import FactKind
from processing.suggest.casing import JOINING
from processing.suggest.claims import plain, words_of
from processing.suggest.known import Known
from processing.suggest.maker import maker_words
from processing.suggest.name import product_words
from processing.suggest.write.english_name import english_phrase

COMMON = JOINING | {
    "motif", "bahan", "rasa", "warna", "ukuran", "asli", "khas", "isi", "asal", "ala",
    "anak", "dewasa", "pria", "wanita", "mini", "jumbo",
}  # fmt: skip
"""Words of names that stand in no list of goods."""


def spoken_name(known: Known, language: Language) -> str:
    """Return what the product is called in a sentence: ``keripik singkong asli Garut``; empty without a name.

    A maker's name has capitals. A word that we do not know may be somebody's name too: it has one as she wrote it.
    """
    if known.name is None:
        return ""
    phrase = english_phrase(known.name, known.code) if language == "en" else None
    if phrase is not None:
        return phrase
    names = _named(known) | _places_in(plain(known.name))
    common = (_known_words() | known.small) - names
    words = tuple(known.name.split())
    makers = maker_words(words)
    return " ".join(word if place in makers else _spoken(word, common) for place, word in enumerate(words))


def begin(sentence: str) -> str:
    """Return a sentence with a capital at its beginning."""
    first = sentence[:1].upper()
    return first + sentence[1:] if len(first) == 1 and first.casefold() == sentence[:1].casefold() else sentence


def _named(known: Known) -> frozenset[str]:
    """Return the words that are names of places or makers here."""
    facts = (*known.of(FactKind.ORIGIN), *known.of(FactKind.BRAND))
    told = (text for fact in facts for text in (fact.value, fact.evidence.quote))
    return frozenset(word for text in told for word in words_of(plain(text))) - COMMON


def _spoken(word: str, common: frozenset[str]) -> str:
    folded = word.casefold()
    return folded if word.istitle() and folded in common and plain(folded) == plain(word) else word


@cache
def _known_words() -> frozenset[str]:
    spelt = (*load_flavours().spelt, *load_materials().spelt, *load_colours().spelt)
    parts = load_materials().about.parts
    return product_words() | COMMON | frozenset(parts) | {word for phrase in spelt for word in phrase.split()}


def _places_in(name: str) -> frozenset[str]:
    """Return the words of the places in a name, but for those that are common words besides."""
    places = load_places()
    common = {way.casefold() for way in places.about.words}
    said = f" {name} "
    return frozenset(
        word for way in places.spelt if way not in common and f" {way} " in said for word in way.split()
    )
