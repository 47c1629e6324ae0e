"""Expiry: ``EXP 12/08/2027``, ``baik digunakan sebelum Agustus 2027``, or how long it keeps: ``tahan 6 bulan``."""

import re
from datetime import date

from processing.suggest.facts.misread import FIGURE, figures
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, find_some

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
STEMS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "ags": 8,
    "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip
MARK = (
    r"\b(?:exp(?:ired?|iry)?(?: ?date)?|e\.?d|k[ae]dalu?[ao]?w?arsa"
    r"|baik (?:di)?(?:gunakan|konsumsi|dikonsumsi) sebelum|best before|use by|bb)\b[ .:]{0,4}"
)
PART = rf"{FIGURE}{{1,2}}"
YEAR = rf"(?:2[0Oo]{FIGURE}{{2}}|{FIGURE}{{2}})"
MONTH = r"(?:jan|feb|peb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec)[a-z]{0,6}"
BY = r"[ ./-]{1,2}"
PATTERN = re.compile(
    rf"{MARK}(?:(?P<day>{PART}){BY})?(?:(?P<name>{MONTH})|(?P<month>{PART})){BY}(?P<year>{YEAR})(?![0-9])"
    r"|\b(?:tahan|awet|kuat|masa simpan|umur simpan)(?: sampai| sampe| hingga| kurang lebih|nya| s/d)?[ :]{1,2}"
    r"(?P<long>[0-9]{1,2}(?:\s?-\s?[0-9]{1,2})?)\s?(?P<unit>hari|minggu|mgg|bulan|bln|tahun|thn|th)\b",
    re.IGNORECASE,
)
UNITS = {"mgg": "minggu", "bln": "bulan", "thn": "tahun", "th": "tahun"}
CENTURY = 2000


def find_expiries(text: str) -> tuple[Mention[Said], ...]:
    """Return each date up to which it is good, ``12 Agustus 2027``, or how long it keeps, ``tahan 6 bulan``."""
    return find_some(PATTERN, text, _read)


def _read(match: re.Match[str]) -> Said | None:
    if match["long"]:
        unit = match["unit"].casefold()
        return Said(f"tahan {''.join(match['long'].split())} {UNITS.get(unit, unit)}")
    try:
        month = STEMS[match["name"][:3].casefold()] if match["name"] else int(figures(match["month"]))
        year = int(figures(match["year"])) % 100 + CENTURY
        day = int(figures(match["day"])) if match["day"] else None
        date(year, month, day or 1)
    except ValueError:
        return None
    return Said(" ".join(str(part) for part in (day, MONTHS[month - 1], year) if part))
