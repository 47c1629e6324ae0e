"""Size of garments and shoes: ``uk. L``, ``ukuran 38-42``, ``size S, M, L``, ``all size``."""

import re

from processing.suggest.mention import Mention, find_all
from processing.suggest.number import SPACE

LETTER = r"(?a:XXS|XS|S|M|L|X{1,3}L)\b"
NOT_MONEY = r"\b(?![.,]?\d)(?!\s{0,3}(?:rb|ribu|k|jt|juta)\b)"
SHOE = rf"[2-4]\d{NOT_MONEY}"
ONE = rf"(?:\d?{LETTER}|\d{{1,2}}{NOT_MONEY})"
PATTERN = re.compile(
    rf"\b(?:ukuran|uk|size|sz)\b{SPACE}[.:=]?{SPACE}("
    rf"{LETTER}(?:\s{{1,3}}{LETTER}){{1,9}}|{SHOE}(?:\s{{1,3}}{SHOE}){{1,9}}"
    rf"|{ONE}(?:(?:{SPACE}[-,/&]{SPACE}|\s{{1,3}}(?:dan|sampai|sd|s/d)\s{{1,3}}){ONE}){{0,9}}(?:\s?(?:th|thn|tahun|bln|bulan)\b)?)|\b(all\s?size)\b",
    re.IGNORECASE,
)
LETTERS = re.compile(LETTER, re.IGNORECASE)


def find_sizes(text: str) -> tuple[Mention[str], ...]:
    """Return each size as ``uk. L``, in the text's order."""
    return find_all(PATTERN, text, _read)


def _read(match: re.Match[str]) -> str:
    if match[2]:
        return "all size"
    return f"uk. {LETTERS.sub(lambda letters: letters[0].upper(), match[1])}"
