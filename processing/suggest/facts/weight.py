"""Weight: ``250gr``, ``1/4 kg``, ``2,5 kilo``, ``netto 500 gram``, ``setengah kilo``, ``sekilo``, ``1 ons``."""

import re

from processing.suggest.facts.measure import read_measure
from processing.suggest.facts.number import ALONE, QUANTITY, SPACE, any_of
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, find_some

UNITS = {
    "kg": "kg", "kilogram": "kg", "kilo": "kg", "kgs": "kg", "kgr": "kg", "kilogr": "kg",
    "g": "g", "gr": "g", "gram": "g", "grm": "g", "grams": "g", "gm": "g", "gramm": "g",
    "ons": "ons", "kwintal": "kwintal", "kuintal": "kwintal", "ton": "ton",
}  # fmt: skip
GRAMS = {"g": 1, "ons": 100, "kg": 1_000, "kwintal": 100_000, "ton": 1_000_000}
UNIT = any_of(UNITS)
LABEL = rf"(?:\b(?:berat|bobot|netto|neto|net|nett|isi)(?:nya)?(?:\s{{1,3}}(?:bersih|wt))?{SPACE}[.:=]?{SPACE})?"
PATTERN = re.compile(
    rf"{LABEL}(?:{ALONE}(?P<number>{QUANTITY})"
    rf"(?:{SPACE}[-\N{{EN DASH}}]{SPACE}(?P<to>{QUANTITY}))?{SPACE}|\bs[ae]{SPACE})"
    rf"(?P<unit>{UNIT})(?:-?an)?\b\.?(?!\w)",
    re.IGNORECASE,
)


def find_weights(text: str) -> tuple[Mention[Said], ...]:
    """Return each weight as number and unit, ``250 g``, in the text's order."""
    return find_some(PATTERN, text, _read)


def _read(match: re.Match[str]) -> Said | None:
    unit = UNITS[match["unit"].casefold()]
    return read_measure(match["number"], match["to"], unit, GRAMS[unit], "g")
