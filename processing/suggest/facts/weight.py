"""Weight: ``250gr``, ``1/4 kg``, ``2,5 kilo``, ``netto 500 gram``, ``setengah kilo``, ``sekilo``, ``1 ons``."""

import re

from processing.suggest.facts.measure import ROW, read_measure, read_rows
from processing.suggest.facts.number import ALONE, PART, QUANTITY, SPACE, any_of
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, blank, find_some

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
    rf"(?:{SPACE}[-\N{{EN DASH}}]{SPACE}(?P<to>{QUANTITY}))?{SPACE}|\bs[ae]-?{SPACE})"
    rf"(?P<unit>{UNIT})(?:-?an|-?nya|na)?(?:(?=[0-9])|\b(?:(?<=kilo)\s{{1,2}}(?P<half>s[ae]tengah)\b)?\.?(?!\w))",
    re.IGNORECASE,
)

UNSAID = re.compile(
    rf"(?<![\w.,/])(?P<part>1/4|1/2|3/4|{PART})"
    rf"(?={SPACE}[:=]?{SPACE}(?:rp\.?\s?)?[0-9]{{1,3}}(?:[.,][0-9]{{3}}|\s?(?:rb|ribu|rebu|k)\b))",
    re.IGNORECASE,
)
"""Parts of a kilo, which need no unit before a price: ``1/4 15rb``."""
ROWS = re.compile(rf"{ROW}(?P<unit>{any_of(UNITS)})\b", re.IGNORECASE)


def find_weights(text: str) -> tuple[Mention[Said], ...]:
    """Return each weight as number and unit, ``250 g``, in the text's order."""
    rows = [
        Mention(Said(f"{number.value} {unit}", float(number.value) * GRAMS[unit], "g"), number.start, number.end)
        for number, unit in read_rows(ROWS, text, UNITS)
    ]
    found = (*rows, *find_some(PATTERN, blank(text, rows), _read), *find_some(UNSAID, text, _read_part))
    return tuple(sorted(found, key=lambda mention: mention.start))


def _read_part(match: re.Match[str]) -> Said | None:
    return read_measure(match["part"], None, "kg", GRAMS["kg"], "g")


def _read(match: re.Match[str]) -> Said | None:
    unit = UNITS[match["unit"].casefold()]
    if match["half"]:
        return Said("1,5 kg", GRAMS["kg"] * 1.5, "g") if match["number"] is None else None
    return read_measure(match["number"], match["to"], unit, GRAMS[unit], "g")
