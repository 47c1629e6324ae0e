"""Keywords: what buyers type to find such goods."""

from collections.abc import Iterator

from config.messages import Language
from config.spellings import usual_spelling
from config.variants import load_variants
from models.fact import FactKind
from processing.suggest.claims import find_claim, plain, words_of
from processing.suggest.known import Known
from processing.suggest.write.feature import says_fact
from processing.suggest.write.title import product_name
from processing.suggest.write.value import tell

MOST, LONGEST = 12, 50
"""Keywords, and characters of one."""
WITH = (FactKind.FLAVOUR, FactKind.MATERIAL, FactKind.COLOUR, FactKind.PATTERN, FactKind.ORIGIN, FactKind.BRAND)
"""Facts by which buyers narrow a search."""


def write_keywords(known: Known, language: Language) -> tuple[str, ...]:
    """Return keywords in lower case, the most telling first: the name in each spelling, and with one fact more."""
    if known.name is None:
        return ()
    candidates = (plain(candidate) for candidate in _candidates(known, language))
    fit = (candidate for candidate in candidates if 0 < len(candidate) <= LONGEST and _is_words(candidate))
    return tuple(dict.fromkeys(each for each in fit if find_claim(each) is None))[:MOST]


def known_keywords(known: Known) -> tuple[str, ...]:
    """Return the category's keywords that say nothing which the name does not say, in whatever spelling."""
    if known.category is None or known.name is None:
        return ()
    said = {_first(word) for word in words_of(plain(known.name))}
    return tuple(
        keyword for keyword in known.category.keywords if {_first(word) for word in keyword.split()} <= said
    )


def spellings_of(text: str) -> Iterator[str]:
    """Yield a text with one of its words in each other spelling."""
    words = text.split()
    for place, word in enumerate(words):
        for other in load_variants().get(word, ()):
            if other != word:
                yield " ".join((*words[:place], other, *words[place + 1 :]))


def _candidates(known: Known, language: Language) -> Iterator[str]:
    name = plain(known.name or "")
    synonyms = known_keywords(known)
    head = max((word for word in synonyms if name.startswith(word)), key=len, default=name)
    if language == "en":
        english = plain(product_name(known, "en").partition(" (")[0])
        gloss = plain(product_name(known, "en").partition(" (")[2].rstrip(")"))
        yield from (english, gloss)
        yield from _shelf(known, language)
        for kind in WITH:
            for fact in known.of(kind):
                told = plain(tell(fact, language))
                if not set(words_of(told)) <= set(words_of(gloss or english)):
                    yield f"{told} {gloss or english}"
        yield name
        return
    yield name
    yield from spellings_of(name)
    yield from synonyms
    for kind in WITH:
        for fact in known.of(kind):
            for base in dict.fromkeys((head, name)):
                if not _spelt(fact.value) & _spelt(base) and not says_fact(known, fact, base):
                    yield f"{base} {fact.value}"
    yield from _shelf(known, language)


def _shelf(known: Known, language: Language) -> Iterator[str]:
    """Yield the category's name where it is one thing, and the product's name says that it is one."""
    if known.category is not None and known_keywords(known):
        name = known.category.name(language)
        if not set(plain(name).split()) & {"dan", "lainnya", "and", "other", "&"}:
            yield name


def _spelt(text: str) -> set[str]:
    return set(words_of(usual_spelling(plain(text))))


def _first(word: str) -> str:
    usual = usual_spelling(word)
    return load_variants().get(usual, (usual,))[0]


def _is_words(text: str) -> bool:
    return all(part.replace("-", "").replace("'", "").isalnum() for part in text.split())
