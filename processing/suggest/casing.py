"""Capitals in titles, the Indonesian way: every word but the small ones that join others."""

import re
from collections.abc import Sequence

JOINING = frozenset({
    "dan", "di", "ke", "dari", "yang", "yg", "untuk", "utk", "dengan", "dgn", "atau", "pada", "oleh", "dalam",
    "serta", "and", "of", "with",
})  # fmt: skip
ACRONYM = 4
"""Longest word in capitals that is taken for an acronym, where most others are not in capitals."""


def title_case(words: Sequence[str]) -> str:
    """Return the words as a title. Acronyms, brand spellings such as ``iPhone`` and words with digits stay."""
    plain = [word for word in words if word.isalpha()]
    shouted = 2 * sum(word.isupper() for word in plain) > len(plain)
    return " ".join(_case(word, first=place == 0, shouted=shouted) for place, word in enumerate(words))


def _case(word: str, *, first: bool, shouted: bool) -> str:
    if any(character.isdigit() for character in word):
        return word
    if word.casefold() in JOINING and not first:
        return word.lower()
    if word.isupper() and not shouted and len(word) <= ACRONYM:
        return word
    if not word.isupper() and not word.islower() and not word.istitle():
        return word
    return re.sub(
        r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)?", lambda part: _capitalise(part[0]), word
    )


def _capitalise(part: str) -> str:
    """Return the part with a first capital.

    A letter whose other form is two letters, as the sharp s, or another letter's, as the dotless i, stays.
    """
    cased = (letter.upper() if place == 0 else letter.lower() for place, letter in enumerate(part))
    pairs = zip(part, cased, strict=True)
    return "".join(new if len(new) == 1 and new.casefold() == old.casefold() else old for old, new in pairs)
