"""Numbers as Indonesians write them.

``2,5`` is two and a half, as is ``2.5``; ``15.000`` is fifteen thousand; ``lima belas``, Sundanese ``sapuluh`` and
Javanese ``limolas`` are numbers, ``setengah`` and ``1/4`` are parts, and ``se-`` before a unit is one of it.
"""

import re
from collections.abc import Iterable
from fractions import Fraction

# Every repetition is bounded, so that no note, however long or odd, takes more than linear time.
SPACE = r"\s{0,3}"
DIGITS = r"[0-9]{1,12}"
DECIMAL = rf"{DIGITS}(?:[.,]{DIGITS})?"
"""Digits with an optional decimal part."""
FRACTION = rf"{DIGITS}\s?[/\u2044]\s?{DIGITS}"
"""``1/4``, also with the fraction slash that becomes of a single sign such as a quarter."""
THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3}){1,4}")
"""Digits in groups of three."""
PARTS = {
    "setengah": Fraction(1, 2), "satengah": Fraction(1, 2), "stengah": Fraction(1, 2), "stgh": Fraction(1, 2),
    "setgh": Fraction(1, 2), "seperempat": Fraction(1, 4), "seprempat": Fraction(1, 4),
    "saparapat": Fraction(1, 4), "seprapat": Fraction(1, 4), "prapat": Fraction(1, 4), "parapat": Fraction(1, 4),
    "tiga perempat": Fraction(3, 4), "tilu parapat": Fraction(3, 4), "telung prapat": Fraction(3, 4),
}  # fmt: skip
ONES = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
    "hiji": 1, "tilu": 3, "opat": 4, "genep": 6, "dalapan": 8, "salapan": 9,
    "siji": 1, "loro": 2, "rong": 2, "telu": 3, "telung": 3, "patang": 4, "limang": 5, "pitung": 7, "wolung": 8,
    "sangang": 9, "lapan": 8,
}  # fmt: skip
WHOLE = {
    "sepuluh": 10, "sapuluh": 10, "sedoso": 10, "sebelas": 11, "sabelas": 11, "sewelas": 11, "rolas": 12,
    "limolas": 15, "rongpuluh": 20, "selawe": 25, "seket": 50, "suwidak": 60, "seratus": 100, "saratus": 100,
    "satus": 100, "rongatus": 200, "limangatus": 500, "cepek": 100, "gopek": 500,
}  # fmt: skip
TIMES = {"puluh": 10, "ratus": 100, "atus": 100}
TEEN = "belas"
EIGHTH = 8
"""The smallest part that is spoken of as one."""


def any_of(names: Iterable[str]) -> str:
    """Return a pattern of any of the names, the longest first, in plain letters only: no dotless i for an i."""
    return rf"(?a:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})"


_TOKEN = any_of([*ONES, *WHOLE, *TIMES, TEEN])
SPELT = rf"\b{any_of([*ONES, *WHOLE])}(?:[ \t]{{0,2}}{_TOKEN}){{0,5}}"
"""A number in words, below a thousand."""
PART = rf"\b{any_of(PARTS)}"
MIXED = rf"(?:{DIGITS}|\b{any_of(ONES)})\s{{1,2}}(?:{FRACTION}|{PART})"
"""``1 1/2``, ``satu setengah``."""
QUANTITY = rf"(?:{MIXED}|{FRACTION}|{DECIMAL}|{PART}|{SPELT})"
"""A number of any of these kinds; :func:`read_quantity` reads it."""
ALONE = r"(?:(?<![\w.,/])|(?<=000/)|(?<=[a-z]/)|(?<=-/)|(?<=[a-z][.,]))"
"""Before a number: that it is no part of another one."""
_TOKENS = re.compile(_TOKEN, re.IGNORECASE)


def tidy(number: str) -> str:
    """Return a number in the Indonesian way: decimal comma, plain slash, no spaces."""
    return number.replace(" ", "").replace("\u2044", "/").replace(".", ",")


def read_quantity(text: str, *, grouped: bool = True) -> tuple[str, float] | None:
    """Return a quantity as ``1/2`` or ``2,5``, and its value; ``None`` if it is not one: ``1/0``, ``dua tiga``.

    ``text`` is what ``QUANTITY`` matches. ``1.250`` is over a thousand where ``grouped``, else one and a quarter.
    """
    value = _value(" ".join(text.casefold().split()), grouped)
    if value is None or value <= 0:
        return None
    as_part = re.search(r"[/\u2044]|[^\W\d_]", text) is not None
    return _write(value, as_part=as_part), float(value)


def spelt(text: str) -> int | None:
    """Return the number that words tell, ``None`` where they are no one number."""
    total = current = 0
    for word in _TOKENS.findall(text.casefold()):
        if word in WHOLE:
            total, current = total + current, WHOLE[word]
        elif word in ONES:
            if 0 < current < 10:  # noqa: PLR2004 - a second digit is a second number
                return None
            total, current = total + current, ONES[word]
        elif word == TEEN:
            current += 10
        else:
            current *= TIMES[word]
    return total + current


def _value(text: str, grouped: bool) -> Fraction | None:
    if text in PARTS:
        return PARTS[text]
    whole, _, part = text.rpartition(" ")
    if whole and (part in PARTS or re.fullmatch(FRACTION, part)) and re.fullmatch(r"[^\W_]{1,12}", whole):
        first, second = _value(whole, grouped), _value(part, grouped)
        return None if first is None or second is None else first + second
    if not text[0].isdecimal():
        number = spelt(text)
        return None if number is None else Fraction(number)
    return _digits(text.replace(" ", ""), grouped)


def _digits(text: str, grouped: bool) -> Fraction | None:
    if "\u2044" in text:
        # A phone's sign for a half, after a one and unfolded, is 11\u20442.
        above, below = text.split("\u2044")
        return None if int(below) == 0 else int(above[:-1] or 0) + Fraction(int(above[-1]), int(below))
    if "/" in text:
        above, below = text.split("/")
        return None if int(below) == 0 else Fraction(int(above), int(below))
    if grouped and THOUSANDS.fullmatch(text) and not text.startswith("0"):
        return Fraction(re.sub("[.,]", "", text))
    return Fraction(text.replace(",", "."))


def _write(value: Fraction, *, as_part: bool) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    if as_part and value < 1 and value.denominator <= EIGHTH:
        return f"{value.numerator}/{value.denominator}"
    return f"{float(value):.12g}".replace(".", ",")
