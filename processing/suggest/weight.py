"""Weight: ``250gr``, ``1/4 kg``, ``2,5 kilo``, ``netto 500 gram``."""

import re

from processing.suggest.mention import Mention, find_all
from processing.suggest.number import DECIMAL, FRACTION, SPACE, any_of, tidy

UNITS = {
    "kg": "kg", "kilogram": "kg", "kilo": "kg", "kgs": "kg",
    "g": "g", "gr": "g", "gram": "g", "grm": "g", "grams": "g",
    "ons": "ons", "kwintal": "kwintal", "ton": "ton",
}  # fmt: skip
PATTERN = re.compile(
    rf"(?:\b(?:berat|netto|neto|isi)(?:\s{{1,3}}bersih)?{SPACE}[:=]?{SPACE})?(?<![\w.,/])({FRACTION}|{DECIMAL}|\bsetengah|\bseperempat)"
    rf"{SPACE}({any_of(UNITS)})\b\.?(?!\w)",
    re.IGNORECASE,
)
WORDS = {"setengah": "1/2", "seperempat": "1/4"}


def find_weights(text: str) -> tuple[Mention[str], ...]:
    """Return each weight as number and unit, ``250 g``, in the text's order."""
    return find_all(PATTERN, text, _read)


def _read(match: re.Match[str]) -> str:
    number = match[1].casefold()
    return f"{WORDS.get(number) or tidy(number)} {UNITS[match[2].casefold()]}"
