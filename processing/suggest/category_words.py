"""A title as the numbers that its category is told from: its words, their parts, and the keywords among them.

Each feature is a bucket of a fixed table, found by hashing, as in feature hashing [1]_; parts of words make a word
that is misspelled or unknown look like those it resembles, as in fastText [2]_.

References
----------
.. [1] Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009.
.. [2] Joulin et al., "Bag of tricks for efficient text classification", EACL 2017.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from config.categories import load_categories
from config.spellings import load_spellings
from processing.suggest.category_keywords import OPENERS, QUALIFIERS

BUCKETS = 1 << 15
PART_LENGTHS = (3, 4, 5)
"""Characters of a word's parts, its two ends being marked by a sign of their own."""
PART_WEIGHT = 0.35
"""A part counts less than a whole word."""
LONGEST_TEXT = 400
"""Characters of a text that are looked at: a product is named before that."""
WORD = re.compile(r"[^\W_]+")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in its usual spelling, figures written as one zero, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Features:
    """What a text has; the arrays are of one length."""

    tokens: tuple[Token, ...]
    bucket: NDArray[np.int64]
    """In [0, ``BUCKETS``)."""
    weight: NDArray[np.float32]
    """Its squares sum to 1, unless there is nothing."""
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    """The feature is about ``tokens[first : last + 1]``."""


def read_features(text: str) -> Features:
    """Return the features of a seller's words."""
    tokens = split_tokens(text)
    found: list[tuple[str, float, int, int]] = []
    head = next((place for place, token in enumerate(tokens) if token.word not in OPENERS), len(tokens))
    qualified = False
    for place, token in enumerate(tokens):
        qualified = qualified or (place > head and token.word in QUALIFIERS)
        sort = "q" if qualified else "w"
        found.append((f"{sort} {token.word}", 1.0, place, place))
        if place:
            found.append((f"{sort} {tokens[place - 1].word} {token.word}", 1.0, place - 1, place))
        if not qualified:
            found += [(f"p {part}", PART_WEIGHT, place, place) for part in _parts(token.word)]
        if place in {head, head + 1}:
            found.append((f"h{place - head} {token.word}", 1.0, place, place))
    found += [
        (f"{'k' if first <= head else 'f'} {code}", 1.0, first, last)
        for code, first, last in find_keywords(tokens)
    ]
    weight = np.array([each[1] for each in found], np.float32)
    length = float(np.sqrt(np.square(weight).sum()))
    return Features(
        tokens,
        np.array([zlib.crc32(each[0].encode()) % BUCKETS for each in found], np.int64),
        weight / length if length else weight,
        np.array([each[2] for each in found], np.int64),
        np.array([each[3] for each in found], np.int64),
    )


def split_tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text, in their order."""
    spellings = load_spellings()
    tokens = []
    for match in WORD.finditer(text[:LONGEST_TEXT]):
        word = DIGITS.sub("0", match[0].casefold())
        tokens.append(Token(spellings.get(word, word), match.start(), match.end()))
    return tuple(tokens)


def _parts(word: str) -> list[str]:
    marked = f"<{word}>"
    return [
        marked[start : start + length]
        for length in PART_LENGTHS
        for start in range(len(marked) - length + 1)
        if length < len(marked)
    ]


def find_keywords(tokens: tuple[Token, ...]) -> Iterator[tuple[str, int, int]]:
    """Yield each longest keyword of a category, in the text's order: the code, its first and its last token."""
    known = _known()
    place = 0
    while place < len(tokens):
        for length in range(min(_longest(), len(tokens) - place), 0, -1):
            code = known.get(" ".join(token.word for token in tokens[place : place + length]))
            if code is not None:
                yield code, place, place + length - 1
                place += length - 1
                break
        place += 1


@cache
def _known() -> dict[str, str]:
    """Return the category by each of its keywords, in the spelling of tokens."""
    return {
        " ".join(token.word for token in split_tokens(keyword)): code
        for code, category in load_categories().items()
        for keyword in category.keywords
    }


@cache
def _longest() -> int:
    return max(keyword.count(" ") + 1 for keyword in _known())
