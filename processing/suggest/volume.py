"""Volume: ``600ml``, ``1 liter``, ``1,5 L``."""

import re

from processing.suggest.mention import Mention, find_all
from processing.suggest.number import DECIMAL, FRACTION, SPACE, any_of, tidy

UNITS = {"ml": "ml", "mililiter": "ml", "cc": "ml", "liter": "liter", "ltr": "liter", "lt": "liter", "l": "liter"}
PATTERN = re.compile(
    rf"(?:\b(?:isi|netto|neto)(?:\s{{1,3}}bersih)?{SPACE}[:=]?{SPACE})?(?<![\w.,/])({FRACTION}|{DECIMAL}|\bsetengah)"
    rf"{SPACE}({any_of(UNITS)})\b(?!\w)",
    re.IGNORECASE,
)


def find_volumes(text: str) -> tuple[Mention[str], ...]:
    """Return each volume as number and unit, ``600 ml``, in the text's order."""
    return find_all(PATTERN, text, _read)


def _read(match: re.Match[str]) -> str:
    number = match[1].casefold()
    return f"{'1/2' if number == 'setengah' else tidy(number)} {UNITS[match[2].casefold()]}"
