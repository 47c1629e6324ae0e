"""Description: what it is, what is known of it, the facts in a list, and how to ask or order."""

import re
from collections.abc import Iterator

from config.copy import CopyWords, load_copy
from config.messages import Language
from models.fact import Fact, FactKind
from processing.suggest.claims import find_claim, plain
from processing.suggest.known import Known
from processing.suggest.write.choice import choose
from processing.suggest.write.feature import says_fact, told
from processing.suggest.write.limits import Lengths, shorten
from processing.suggest.write.spoken_name import begin, spoken_name
from processing.suggest.write.value import join, tell

CHARACTER = (FactKind.FLAVOUR, FactKind.MATERIAL, FactKind.PATTERN, FactKind.COLOUR)
AMOUNT = (
    FactKind.SIZE,
    FactKind.DIMENSION,
    FactKind.WEIGHT,
    FactKind.VOLUME,
    FactKind.COUNT,
    FactKind.PERMIT,
    FactKind.HALAL,
)
LISTED = (
    FactKind.BRAND,
    FactKind.ORIGIN,
    FactKind.FLAVOUR,
    FactKind.MATERIAL,
    FactKind.PATTERN,
    FactKind.COLOUR,
    FactKind.SIZE,
    FactKind.DIMENSION,
    FactKind.WEIGHT,
    FactKind.VOLUME,
    FactKind.COUNT,
    FactKind.PERMIT,
)
PART = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?) (?=\d)")
"""What is measured: the height of ``tinggi 30 cm``."""
FEWEST = 2
"""A list of one fact would only say again what the sentence says."""


def write_description(known: Known, language: Language, lengths: Lengths) -> str:
    """Return the description, in paragraphs with an empty line between; empty where there is no name."""
    if known.name is None:
        return ""
    words = load_copy(language)
    paragraphs = (
        " ".join((_opening(known, language, words), *_sentences(known, language, words))),
        _details(known, language, words),
        choose(words.of_family(known.family).closing, known.name, f"closing {language}"),
    )
    return shorten("\n\n".join(paragraph for paragraph in paragraphs if paragraph), lengths.most_description)


def _opening(known: Known, language: Language, words: CopyWords) -> str:
    name = known.name or ""
    sentence = choose(words.of_family(known.family).opening, name, f"opening {language}")
    spoken = spoken_name(known, language)
    return begin(
        sentence.format(
            name=spoken,
            brand=_aside(known, FactKind.BRAND, words.brand, spoken),
            from_=_aside(known, FactKind.ORIGIN, words.from_, spoken),
        )
    )


def _aside(known: Known, kind: FactKind, form: str, spoken: str) -> str:
    """Return brand or place as part of the first sentence, where there is one and what is said there lacks it."""
    facts = told(known, kind)
    return form.format(values=facts[0].value) if len(facts) == 1 and not says_fact(known, facts[0], spoken) else ""


def _sentences(known: Known, language: Language, words: CopyWords) -> Iterator[str]:
    for kind in (*CHARACTER, *AMOUNT):
        facts = told(known, kind)
        if not facts or (kind in CHARACTER and all(says_fact(known, fact) for fact in facts)):
            continue
        part = PART.match(facts[0].value) if language == "id" and len(facts) == 1 else None
        if kind is FactKind.DIMENSION and part is not None:
            yield f"{begin(part[1])}nya {facts[0].value[part.end() :]}."
            continue
        sentences = _forms(known, kind, facts, words)
        values = join(tuple(dict.fromkeys(tell(fact, language) for fact in facts)), words)
        yield choose(sentences, known.name or "", f"{kind} {language}").format(values=values)


def _forms(known: Known, kind: FactKind, facts: tuple[Fact, ...], words: CopyWords) -> tuple[str, ...]:
    if kind in words.seen and all(fact.evidence.source == "pixels" for fact in facts):
        return words.seen[kind]
    own = words.of_family(known.family).weight
    # Where pieces are told, nobody knows whether one of them weighs so much or all.
    if kind is FactKind.WEIGHT and len(facts) == 1 and own and not told(known, FactKind.COUNT):
        return own
    several = len(facts) > 1 or (kind is FactKind.SIZE and any(sign in facts[0].value for sign in ",-"))
    return words.choices.get(kind, words.one[kind]) if several else words.one[kind]


def _details(known: Known, language: Language, words: CopyWords) -> str:
    lines = []
    for kind in LISTED:
        values = tuple(
            dict.fromkeys(
                _as_named(known, fact, language)
                for fact in told(known, kind)
                if not (kind is FactKind.ORIGIN and says_fact(known, fact))
            )
        )
        if values:
            lines.append(f"- {words.labels[kind]}: {', '.join(values)}")
    return "\n".join((words.details, *lines)) if len(lines) >= FEWEST else ""


def _as_named(known: Known, fact: Fact, language: Language) -> str:
    """Return a fact's value as the name has it, where that is in her spelling: ``coklat lumer`` twice."""
    hers = plain(fact.evidence.quote)
    named = f" {plain(known.name or '')} "
    spelt = (
        fact.kind in CHARACTER and fact.evidence.source == "note" and f" {hers} " in named and not find_claim(hers)
    )
    return hers if language == "id" and spelt else tell(fact, language)
