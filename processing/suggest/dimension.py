"""Measures of length: ``20x30cm``, ``tinggi 30 cm``, ``2 meter``."""

import re

from processing.suggest.mention import Mention, find_all
from processing.suggest.number import DECIMAL, SPACE, any_of, tidy

UNITS = {"mm": "mm", "cm": "cm", "senti": "cm", "meter": "m", "mtr": "m", "m": "m", "inch": "inci", "inci": "inci"}
UNIT = any_of(UNITS)
BY = "[x*\N{MULTIPLICATION SIGN}]"
ABOUT = "kira2|kira-kira|kira kira|kurang lebih|sekitar|kl"
LABELS = "tinggi|lebar|panjang|diameter|tebal"
PATTERN = re.compile(
    rf"(?:\b(?:ukuran|uk|size)\b{SPACE}[.:=]?{SPACE})?(?:\b({LABELS}){SPACE}[:=]?{SPACE})?(?:\b({ABOUT}){SPACE})?"
    rf"(?<![\w.,/])({DECIMAL}(?:{SPACE}{BY}{SPACE}{DECIMAL}){{0,2}}){SPACE}({UNIT})\b",
    re.IGNORECASE,
)
SIDES = re.compile(BY, re.IGNORECASE)


def find_dimensions(text: str) -> tuple[Mention[str], ...]:
    """Return each measure as ``20 x 30 cm`` or ``tinggi 30 cm``, in the text's order."""
    return find_all(PATTERN, text, _read)


def _read(match: re.Match[str]) -> str:
    label, about, sides, unit = match.groups()
    measure = f"{' x '.join(tidy(side.strip()) for side in SIDES.split(sides))} {UNITS[unit.casefold()]}"
    return " ".join(part for part in ((label or "").casefold(), "sekitar" if about else "", measure) if part)
