"""Lexicon: the words and figures that a listing's text may have, each with the kind of fact that bears it out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

from config.copy import CopyWords, load_copy
from config.messages import Language
from config.variants import load_variants
from config.vocabulary import load_vocabulary
from models.fact import FactKind
from processing.suggest.claims import plain, words_of
from processing.suggest.figures import figure_phrases
from processing.suggest.known import Known
from processing.suggest.write.english_name import english_name, english_phrase, gloss_words
from processing.suggest.write.keywords import known_keywords, spellings_of
from processing.suggest.write.value import FIGURES, tell

LANGUAGES: tuple[Language, ...] = ("id", "en")
IN_FIGURES = FIGURES | {FactKind.PRICE, FactKind.PERMIT, FactKind.EXPIRY}
"""Kinds whose words count only together with their figure."""
GATED = {
    FactKind.WEIGHT: ("berat bersih", "berat bersihnya", "isi bersih", "netto", "net weight"),
    FactKind.VOLUME: ("berat bersih", "isi bersih", "isi bersihnya", "netto", "net volume", "net contents"),
    FactKind.HALAL: ("halal",),
    FactKind.PERMIT: ("izin edar", "izin edarnya", "registration number", "registration numbers"),
}
"""Words that are claims, and what must be known for them."""
NAME = "name"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What may stand in a text; all in plain form."""

    phrases: dict[str, frozenset[str]]
    """Names, values and figures as a whole, each with the kinds of fact that it is a value of, or ``name``."""
    words: frozenset[str]
    """Single words that claim nothing, or that the name or a value has."""
    of_kind: dict[str, frozenset[str]]
    """Of these, those of each kind's values, and of the name."""
    fixed: frozenset[str]
    """Whole sentences of ours that have no fact in them."""

    def allows(self, word: str) -> bool:
        """Return whether a word may stand by itself."""
        stems = (word, word.removesuffix("nya"), word.removesuffix("s"), word.removesuffix("es"))
        return any(stem in self.words for stem in stems) or (
            "-" in word and all(self.allows(part) for part in word.split("-"))
        )


def lexicon_of(known: Known) -> Lexicon:
    """Return the lexicon of what is known of a product."""
    phrases: dict[str, set[str]] = defaultdict(set)
    of_kind: dict[str, set[str]] = defaultdict(set)
    for phrase in _names(known):
        phrases[phrase].add(NAME)
        of_kind[NAME].update(words_of(phrase))
    of_kind[NAME].update(_name_words(known))
    for fact in known.facts:
        for phrase in figure_phrases(fact):
            phrases[phrase].add(fact.kind)
        if fact.kind is FactKind.SIZE:
            for size in plain(fact.value).split(", "):
                phrases[size].add(fact.kind)
        for phrase in GATED.get(fact.kind, ()):
            phrases[phrase].add(fact.kind)
        if fact.kind not in IN_FIGURES:
            for language in LANGUAGES:
                of_kind[fact.kind].update(_words_and_spellings(plain(tell(fact, language))))
    words = set(load_vocabulary().words) | _template_words()
    for some in of_kind.values():
        words |= {word for word in some if not any(sign.isdigit() for sign in word)}
    return Lexicon(
        phrases={phrase: frozenset(kinds) for phrase, kinds in phrases.items() if phrase},
        words=frozenset(words),
        of_kind={kind: frozenset(some) for kind, some in of_kind.items()},
        fixed=_fixed_sentences(),
    )


def _names(known: Known) -> Iterator[str]:
    if known.name is not None:
        yield from (plain(known.name), plain(english_name(known.name, known.code)))
        yield plain(english_phrase(known.name, known.code) or "")
        yield from spellings_of(plain(known.name))
    yield from known_keywords(known)


def _name_words(known: Known) -> Iterator[str]:
    if known.name is not None:
        for word in gloss_words(known.name, known.code):
            yield from words_of(plain(word))
    if known.category is not None:
        for language in LANGUAGES:
            yield from _words_and_spellings(plain(known.category.name(language)))


def _words_and_spellings(text: str) -> Iterator[str]:
    for word in words_of(text):
        yield word
        yield from load_variants().get(word, ())


@cache
def _template_words() -> frozenset[str]:
    return frozenset(
        word
        for language in LANGUAGES
        for sentence in _all_sentences(load_copy(language))
        for word in words_of(plain("".join(text for text, *_ in Formatter().parse(sentence))))
    )


@cache
def _fixed_sentences() -> frozenset[str]:
    sentences = (
        part
        for language in LANGUAGES
        for family in load_copy(language).family.values()
        for closing in family.closing
        for part in re.split(r"(?<=[.!?])\s+", closing)
    )
    return frozenset(map(plain, sentences))


def _all_sentences(words: CopyWords) -> Iterator[str]:
    """Yield every sentence that facts are put into; what has none is let through as a whole."""
    yield from (words.details, words.brand, words.from_, words.and_, words.alt, words.alt_colour, words.alt_amount)
    yield from words.labels.values()
    for kinds in (words.one, words.choices, words.seen):
        for sentences in kinds.values():
            yield from sentences
    for family in words.family.values():
        yield from family.opening
        yield from family.weight or ()
