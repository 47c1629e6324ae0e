"""Value: a fact's value as a buyer reads it in either language."""

import re
from functools import cache

from config.colours import load_colours
from config.copy import CopyWords
from config.flavours import load_flavours
from config.glossary import load_glossary
from config.materials import load_materials
from config.messages import Language
from models.fact import Fact, FactKind

FIGURES = frozenset({FactKind.WEIGHT, FactKind.VOLUME, FactKind.DIMENSION, FactKind.COUNT, FactKind.SIZE})
COUNTED = re.compile(r"(?P<inside>isi )?(?P<number>\d+(?:[.,]\d+)?)(?: (?P<unit>[a-z]+))?")
SIZE_WORDS = ("all size", "tahun", "bulan")
"""What of a size is a word; an M is no metre."""
OUNCE = " ons"
"""A hundred grams, for which English has no word."""
ONE = re.compile(r"(?<![\d.,/-])(1 (?:litre|metre))s\b")
PATTERN = "motif "


def tell(fact: Fact, language: Language) -> str:
    """Return a fact's value in a language; what we have no English for stays as it is."""
    value = fact.value.removeprefix(PATTERN) if fact.kind is FactKind.PATTERN else fact.value
    if language == "id":
        return value
    if fact.kind in (FactKind.FLAVOUR, FactKind.MATERIAL, FactKind.COLOUR, FactKind.PATTERN):
        words = _english(fact.kind)
        return words.get(value.casefold()) or translate(value, words)
    units = load_glossary().unit
    if fact.kind is FactKind.COUNT and (counted := COUNTED.fullmatch(value)):
        return _pieces(counted)
    if fact.kind is FactKind.SIZE:
        return translate(value, {word: units[word] for word in SIZE_WORDS})
    if fact.kind is FactKind.WEIGHT and fact.amount is not None and value.endswith(OUNCE):
        return f"{fact.amount:g} g"
    return ONE.sub(r"\1", _decimal_points(translate(value, units))) if fact.kind in FIGURES else value


@cache
def _english(kind: FactKind) -> dict[str, str]:
    """Return the English words for values of a kind by the Indonesian ones."""
    glossary = load_glossary()
    match kind:
        case FactKind.FLAVOUR:
            return glossary.flavour | {name: one.en for name, one in load_flavours().flavour.items()}
        case FactKind.MATERIAL:
            return glossary.material | {name: one.en for name, one in load_materials().material.items()}
        case FactKind.COLOUR:
            return glossary.colour | {name: one.en for name, one in load_colours().colour.items()}
    return glossary.pattern


def join(values: tuple[str, ...], words: CopyWords) -> str:
    """Return values as a row: ``a``, ``a dan b``, ``a, b, dan c``."""
    if len(values) == 1:
        return values[0]
    comma = "," if len(values) > 2 else ""  # noqa: PLR2004 - two need none
    return f"{', '.join(values[:-1])}{comma} {words.and_} {values[-1]}"


def translate(text: str, words: dict[str, str]) -> str:
    """Return a text with each word, or the longest phrase, that is in a list put into the other language."""
    pieces = text.split()
    out: list[str] = []
    while pieces:
        for length in range(min(3, len(pieces)), 0, -1):
            phrase = " ".join(pieces[:length])
            stem, stop = (phrase[:-1], phrase[-1]) if phrase.endswith((",", ".")) else (phrase, "")
            if stem.casefold() in words or length == 1:
                out.append(words.get(stem.casefold(), stem) + stop)
                pieces = pieces[length:]
                break
    return " ".join(out)


def _pieces(counted: re.Match[str]) -> str:
    unit = load_glossary().unit.get(counted["unit"] or "", counted["unit"] or "pieces")
    number = counted["number"]
    if number == "1" and unit.endswith("s"):
        unit = unit.removesuffix("es") if unit.endswith("xes") else unit.removesuffix("s")
    return f"pack of {number}" if counted["inside"] and not counted["unit"] else f"{number} {unit}"


def _decimal_points(text: str) -> str:
    return re.sub(r"(?<=\d),(?=\d)", ".", text)
