"""Size of garments and shoes: ``uk. L``, ``ukuran 38-42``, ``size S, M, L``, ``all size``."""

import re

from processing.suggest.facts.number import SPACE
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, find_some

LETTER = r"(?a:XXS|XS|S|M|L|X{1,4}L|[2-6]XL)\b"
NOT_MONEY = r"\b(?![.,]?[0-9])(?!\s{0,3}(?:rb|rban|ribu|ribuan|rebu|k|jt|juta|cm|gr|gram|kg|ml)\b)"
SHOE = rf"[2-4][0-9]{NOT_MONEY}"
ONE = rf"(?:{LETTER}|[0-9]{{1,2}}{NOT_MONEY})"
TO = r"(?:\s{0,3}[-\N{EN DASH}~]\s{0,3}|\s{1,3}(?:sampai|sampe|smp|hingga|sd|s/d|s\.d\.?|ke|to)\s{1,3}|s/d)"
AND = r"(?:\s{0,3}[,/&+]\s{0,3}(?:dan\s{1,3}|&\s{0,3})?|\s{1,3}(?:dan|sama|jeung|atau|or)\s{1,3})"
LABEL = r"\b(?:ukuran(?:nya)?|ukurane|uk|ukr|size(?:nya)?|sz)\b"
LASTING = r"(?<!tahan )(?<!awet )(?<!garansi )(?<!usia )(?<!umur )(?<!selama )(?<!sampai )(?<!simpan )"
YEARS = r"(?:\s?(?P<years>th|thn|tahun|taun|bln|bulan)\b)?"
PATTERN = re.compile(
    rf"{LABEL}{SPACE}[.:=]?{SPACE}(?:ready\s{{1,3}})?(?P<sizes>"
    rf"{LETTER}(?:\s{{1,3}}{LETTER}){{1,9}}|{SHOE}(?:\s{{1,3}}{SHOE}){{1,9}}"
    rf"|[0-9]{{1,2}}(?:,[0-9]{{1,2}}){{2,9}}\b(?![.,]?[0-9])|{ONE}(?:(?:{TO}|{AND}){ONE}){{0,9}}){YEARS}"
    rf"|(?<![\w.,/-])(?P<bare>{LETTER}(?:(?:{TO}|{AND}|\s{{1,3}}){LETTER}){{1,9}})"
    rf"|\b(?:no|nomor|nomer)\b{SPACE}[.:=]?{SPACE}(?P<shoes>{SHOE}(?:(?:{TO}|{AND}){SHOE}){{0,9}})"
    rf"|{LASTING}\b(?P<age>[0-9]{{1,2}}{SPACE}-{SPACE}[0-9]{{1,2}})\s?(?P<lived>th|thn|tahun|taun|bln|bulan)\b"
    r"|\b(?P<all>all?\s?size|allsize|free\s?size|one\s?size)\b",
    re.IGNORECASE,
)
PARTS = re.compile(rf"(?P<size>{LETTER}|[0-9]{{1,2}})|(?P<to>{TO})", re.IGNORECASE)
AGE_UNITS = {"th": "tahun", "thn": "tahun", "tahun": "tahun", "taun": "tahun", "bln": "bulan", "bulan": "bulan"}


def find_sizes(text: str) -> tuple[Mention[Said], ...]:
    """Return each size or row of sizes as ``S, M, L`` or ``38-42``, in the text's order."""
    return find_some(PATTERN, text, _read)


def _read(match: re.Match[str]) -> Said | None:
    if match["all"]:
        return Said("all size")
    if match["age"]:
        return Said(f"{''.join(match['age'].split())} {AGE_UNITS[match['lived'].casefold()]}")
    if match["bare"] and not match["bare"].isupper():
        return None
    value = ""
    for part in PARTS.finditer(match["sizes"] or match["bare"] or match["shoes"]):
        if part["to"]:
            value += "-"
        else:
            value += ("" if not value or value.endswith("-") else ", ") + part["size"].upper()
    years = f" {AGE_UNITS[match['years'].casefold()]}" if match["years"] else ""
    return Said(value.removesuffix("-") + years)
