"""Numbers as Indonesians write them: ``2,5`` is two and a half, as is ``2.5``; ``15.000`` is fifteen thousand."""

import re
from collections.abc import Iterable

# Every repetition is bounded, so that no note, however long or odd, takes more than linear time.
SPACE = r"\s{0,3}"
DIGITS = r"\d{1,12}"
DECIMAL = rf"{DIGITS}(?:[.,]{DIGITS})?"
"""Digits with an optional decimal part."""
FRACTION = rf"{DIGITS}\s?[/\u2044]\s?{DIGITS}"
"""``1/4``, also with the fraction slash that becomes of a single sign such as a quarter."""
THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3}){1,4}")
"""Digits in groups of three."""


def any_of(names: Iterable[str]) -> str:
    """Return a pattern of any of the names, the longest first, in plain letters only: no dotless i for an i."""
    return rf"(?a:{'|'.join(sorted(names, key=len, reverse=True))})"


def tidy(number: str) -> str:
    """Return a number in the Indonesian way: decimal comma, plain slash, no spaces."""
    return number.replace(" ", "").replace("\u2044", "/").replace(".", ",")
