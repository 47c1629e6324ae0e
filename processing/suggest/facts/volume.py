"""Volume: ``600ml``, ``1 liter``, ``1,5 L``, ``setengah liter``, ``saliter``."""

import re

from processing.suggest.facts.measure import ROW, read_measure, read_rows
from processing.suggest.facts.number import ALONE, QUANTITY, SPACE, any_of
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, blank, find_some

UNITS = {
    "ml": "ml", "mililiter": "ml", "mili": "ml", "cc": "ml",
    "liter": "liter", "litre": "liter", "litr": "liter", "ltr": "liter", "lt": "liter", "l": "liter",
}  # fmt: skip
MILLILITRES = {"ml": 1, "liter": 1_000}
LABEL = rf"(?:\b(?:volume|isi|netto|neto|net|nett)(?:nya)?(?:\s{{1,3}}bersih)?{SPACE}[.:=]?{SPACE})?"
PATTERN = re.compile(
    rf"{LABEL}(?:{ALONE}(?P<number>{QUANTITY})"
    rf"(?:{SPACE}[-\N{{EN DASH}}]{SPACE}(?P<to>{QUANTITY}))?{SPACE}(?P<unit>{any_of(UNITS)})"
    rf"|\b(?!salt\b)s[ae]{SPACE}(?P<one>{any_of(unit for unit in UNITS if len(unit) > 1)}))(?:-?an|-?nya|na)?\b"
    rf"(?!\w|{SPACE}[0-9]{{1,4}}{SPACE}(?:[tpx]\b|cm))",
    re.IGNORECASE,
)

ROWS = re.compile(rf"{ROW}(?P<unit>{any_of(UNITS)})\b", re.IGNORECASE)


def find_volumes(text: str) -> tuple[Mention[Said], ...]:
    """Return each volume as number and unit, ``600 ml``, in the text's order."""
    rows = [
        Mention(
            Said(f"{number.value} {unit}", float(number.value) * MILLILITRES[unit], "ml"), number.start, number.end
        )
        for number, unit in read_rows(ROWS, text, UNITS)
    ]
    return tuple(sorted((*rows, *find_some(PATTERN, blank(text, rows), _read)), key=lambda mention: mention.start))


def _read(match: re.Match[str]) -> Said | None:
    unit = UNITS[(match["unit"] or match["one"]).casefold()]
    return read_measure(match["number"], match["to"], unit, MILLILITRES[unit], "ml")
