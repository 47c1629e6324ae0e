"""English name: what a buyer abroad would call the product, as far as the glossary goes."""

from config.categories import family_of, load_categories
from config.colours import load_colours
from config.flavours import load_flavours
from config.glossary import load_glossary
from config.materials import load_materials
from processing.suggest.casing import title_case

LONGEST_PHRASE = 3
PLACES = {"dari": "from", "khas": "from", "asal": "from"}
"""What stands before a place."""
LEFT_OUT = frozenset({"asli", "rasa", "warna", "motif", "bahan", "ukuran"})
"""What says no more than that the thing is what it is, or which kind of word comes next."""
EATEN = frozenset({"food", "snacks", "herbs", "farm"})
"""Families whose goods have a taste."""
VAGUE = (" and ", "other ", ",")
"""A category's name with one of these is a shelf, not a thing."""


def english_name(name: str, code: str | None) -> str:
    """Return a name in English: all of it where every word is known, otherwise the local name with its gloss.

    ``Keripik Balado`` is ``Balado Chilli Chips``; ``Opak Mekar`` is ``Opak Mekar (Thin Crackers)``.
    """
    head, modifiers, place, unknown = _read(name, code)
    gloss = _once([*modifiers, head]) if head else []
    if head and not unknown:
        return " ".join((title_case(" ".join(gloss).split()), *place))
    thing = " ".join(gloss) or _thing(code)
    if not thing or thing.casefold() == name.casefold() or _says(name, thing):
        return name
    return f"{name} ({title_case(thing.split())})"


def english_phrase(name: str, code: str | None) -> str | None:
    """Return a name in English as it stands in a sentence, or ``None`` where English has no word for the thing."""
    head, modifiers, place, _ = _read(name, code)
    return " ".join((*_once([*modifiers, head]), *place)) if head else None


def gloss_words(name: str, code: str | None) -> tuple[str, ...]:
    """Return the English words for those of a name that the glossary has."""
    head, modifiers, place, _ = _read(name, code)
    return tuple(" ".join((head or "", *modifiers, *place)).split())


def _read(name: str, code: str | None) -> tuple[str | None, tuple[str, ...], tuple[str, ...], bool]:
    """Return the head, the modifiers in English order, the place, and whether a word was not known."""
    glossary = load_glossary()
    words = name.split()
    head: str | None = None
    found: list[tuple[int, str]] = []
    place: list[str] = []
    unknown = False
    while words:
        first = words[0].casefold()
        if first in PLACES and len(words) > 1:
            place = [PLACES[first], *words[1:]]
            break
        if first in LEFT_OUT:
            words = words[1:]
            continue
        for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
            phrase = " ".join(words[:length]).casefold()
            if head is None and not found and phrase in glossary.head:
                head = glossary.head[phrase]
            elif rank := _rank(phrase, code, named=head is not None):
                found.append(rank)
            else:
                continue
            words = words[length:]
            break
        else:
            unknown = True
            words = words[1:]
    return head, tuple(english for _, english in sorted(found, key=lambda pair: pair[0])), tuple(place), unknown


def _rank(phrase: str, code: str | None, *, named: bool) -> tuple[int, str] | None:
    """Return where a modifier stands before an English noun, and the modifier."""
    eaten = code is None or family_of(code) in EATEN
    kinds = load_glossary().modifiers(eaten=eaten)
    for number, words in enumerate(kinds):
        if phrase in words:
            return number, words[phrase]
    other = _other_spelling(phrase, eaten=eaten) if named else None
    return None if other is None else (len(kinds), other)


def _other_spelling(phrase: str, *, eaten: bool) -> str | None:
    """Return the English for a taste of food, or a material or colour of other goods, however sellers write it."""
    if eaten:
        flavours = load_flavours()
        return flavours.flavour[flavours.spelt[phrase]].en if phrase in flavours.spelt else None
    materials, colours = load_materials(), load_colours()
    if phrase in materials.spelt:
        return materials.material[materials.spelt[phrase]].en
    return colours.colour[colours.spelt[phrase]].en if phrase in colours.spelt else None


def _once(parts: list[str]) -> list[str]:
    """Return words without one that only says the next one's first word again: sticky rice, rice crackers."""
    words = " ".join(parts).split()
    return [word for word, after in zip(words, [*words[1:], ""], strict=True) if word != after]


def _thing(code: str | None) -> str:
    english = load_categories()[code].en if code is not None else ""
    return "" if any(vague in english.casefold() for vague in VAGUE) else english


def _says(name: str, thing: str) -> bool:
    return set(thing.casefold().split()) <= set(name.casefold().split())
