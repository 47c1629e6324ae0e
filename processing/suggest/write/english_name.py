"""English name: what a buyer abroad would call the product, as far as the glossary goes.

Nothing is told that the name does not tell: what it is comes from its first words alone, a maker's name means
nothing else, and a place in it says what the goods are called, not that they come from there.
"""

from config.categories import family_of, load_categories
from config.colours import load_colours
from config.flavours import load_flavours
from config.glossary import load_glossary
from config.materials import load_materials
from config.spellings import usual_spelling
from processing.suggest.casing import title_case
from processing.suggest.category_keywords import OPENERS
from processing.suggest.facts.origin import find_origins
from processing.suggest.maker import maker_words

LONGEST_PHRASE = 3
SEVERAL = 2
"""Colours that make a row."""
PLACES = {"dari": "from", "khas": "from", "asal": "from"}
"""What stands before a place."""
NOWHERE = -2
NAMED_AFTER = -1
"""A place stands before all other modifiers."""
LEFT_OUT = frozenset({"asli", "rasa", "warna", "motif", "bahan", "ukuran", "set"})
"""What says no more than that the thing is what it is, or which kind of word comes next."""
PARTS = frozenset({
    "daun", "kandang", "bungkus", "kulit", "biji", "batang", "akar", "bulu", "taring", "tulang", "gagang",
    "pegangan", "tali", "tutup", "bingkai", "alas", "kaki", "sol",
})  # fmt: skip
"""After these, where nothing is known of the two together, a word means no taste or stuff of the whole: a leaf is
no banana, and a knife with a handle of horn is not of horn."""
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
    thing = " ".join(gloss) or _thing(name, code)
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
    words = tuple(name.split())
    folded = tuple(word.casefold() for word in words)
    makers, places = maker_words(words), _places(name)
    head: str | None = None
    found: list[tuple[int, str]] = []
    origin: tuple[str, ...] = ()
    unknown = False
    place, lost = 0, NOWHERE
    while place < len(words):
        if folded[place] in PLACES and (after := _after_cue(folded, place, places)) > place:
            origin = (PLACES[folded[place]], *words[place + 1 : after])
            place = after
            continue
        if folded[place] in LEFT_OUT:
            place += 1
            continue
        if place in places:
            found.append((NAMED_AFTER, " ".join(words[place : places[place]])))
            place = places[place]
            continue
        stops = [other for other in (*makers, *places) if other > place]
        opens = head is None and not found and (not unknown or set(folded[:place]) <= OPENERS)
        for end in range(min(place + LONGEST_PHRASE, len(words), *stops), place, -1):
            phrase = " ".join(folded[place:end])
            if place in makers or lost == place - 1:
                continue
            if opens and phrase in glossary.head:
                head = glossary.head[phrase]
            elif rank := _rank(phrase, code, named=head is not None):
                found.append(rank)
            else:
                continue
            place = end
            break
        else:
            unknown = True
            lost = place if folded[place] in PARTS else NOWHERE
            place += 1
    return head, _in_order(found, code), origin, unknown


def _in_order(found: list[tuple[int, str]], code: str | None) -> tuple[str, ...]:
    """Return modifiers in English order, several colours as one row: ``black, white and navy``."""
    ordered = sorted(found, key=lambda pair: pair[0])
    colour = load_glossary().modifiers(eaten=_is_eaten(code)).index(load_glossary().colour)
    colours = [english for rank, english in ordered if rank == colour]
    if len(colours) < SEVERAL:
        return tuple(english for _, english in ordered)
    row = f"{', '.join(colours[:-1])} and {colours[-1]}"
    before = [english for rank, english in ordered if rank < colour]
    return (*before, row, *(english for rank, english in ordered if rank > colour))


def _is_eaten(code: str | None) -> bool:
    return code is None or family_of(code) in EATEN


def _places(name: str) -> dict[int, int]:
    """Return where in a name, by its words, each place begins that it is called after, and where it ends."""
    lowered = name.lower()
    return {
        len(lowered[: mention.start].split()): len(lowered[: mention.end].split())
        for mention in find_origins(lowered)
    }


def _after_cue(folded: tuple[str, ...], place: int, places: dict[int, int]) -> int:
    """Return the place after what a word such as ``dari`` leads to; the word's own where that is no place.

    What ends a name after it may be a village that no list has, unless it is what the thing is made of.
    """
    after = place + 1
    if after in places:
        return places[after]
    rest = folded[after:]
    stuff = load_materials().spelt.keys() | load_glossary().material.keys()
    return len(folded) if 0 < len(rest) <= LONGEST_PHRASE and stuff.isdisjoint(rest) else place


def _rank(phrase: str, code: str | None, *, named: bool) -> tuple[int, str] | None:
    """Return where a modifier stands before an English noun, and the modifier."""
    eaten = _is_eaten(code)
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


def _thing(name: str, code: str | None) -> str:
    """Return the category's name where it is that of one thing, and the product's name says that it is one."""
    if code is None:
        return ""
    category = load_categories()[code]
    words = set(usual_spelling(name.casefold()).split())
    called = any(set(keyword.split()) <= words for keyword in map(usual_spelling, category.keywords))
    return category.en if called and not any(vague in category.en.casefold() for vague in VAGUE) else ""


def _says(name: str, thing: str) -> bool:
    return set(thing.casefold().split()) <= set(name.casefold().split())
