"""Maker: which words of a product's name are somebody's, whatever else they mean: ``Cap Mangga``, ``Bu Mawar``."""

from functools import cache

from config.brands import load_brands
from config.categories import load_categories

STAMP, CLOTH = "cap", "batik"
TEA = "teh"
"""A title, and more often the drink."""


def maker_words(words: tuple[str, ...]) -> frozenset[int]:
    """Return the places, from 0, of a name's words that are a maker's: after ``cap``, and after a person's title.

    The first word is the product's, and so is a title that belongs to a kind of goods: ``teh bunda`` is none.
    """
    folded = tuple(word.casefold() for word in words)
    found: set[int] = set()
    for place in range(1, len(words) - 1):
        if folded[place] == STAMP and CLOTH not in folded[:place]:
            return frozenset({*found, *range(place, len(words))})
        if folded[place] in _titles() and not _in_goods(folded, place):
            found.update((place, place + 1))
    return frozenset(found)


def _in_goods(folded: tuple[str, ...], place: int) -> bool:
    """Return whether a title and the word before or after it name a kind of goods."""
    pairs = (" ".join(folded[place - 1 : place + 1]), " ".join(folded[place : place + 2]))
    return any(pair in _pairs() for pair in pairs)


@cache
def _titles() -> frozenset[str]:
    return frozenset(load_brands().title) - {TEA}


@cache
def _pairs() -> frozenset[str]:
    return frozenset(
        " ".join(words[start : start + 2])
        for category in load_categories().values()
        for words in (keyword.split() for keyword in category.keywords)
        for start in range(len(words) - 1)
    )
