"""Measures of length: ``20x30cm``, ``tinggi 30 cm``, ``2 meter``, ``P 30 x L 20``, ``2m x 1m``."""

import re

from processing.suggest.facts.number import DECIMAL, SPACE, SPELT, any_of, read_quantity
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, find_some

UNITS = {
    "mm": "mm", "mili": "mm", "cm": "cm", "senti": "cm", "sentimeter": "cm", "centi": "cm", "cn": "cm",
    "meter": "m", "mtr": "m", "mt": "m", "m": "m", "meteran": "m", "inch": "inci", "inci": "inci",
}  # fmt: skip
CENTIMETRES = {"mm": 0.1, "cm": 1.0, "m": 100.0, "inci": 2.54}
UNIT = any_of(UNITS)
BY = r"[x*\N{MULTIPLICATION SIGN}]"
ABOUT = "kira2|kira-kira|kira kira|kurang lebih|sekitar|kl|kurleb|\N{PLUS-MINUS SIGN}|\\+/?-|-/?\\+|\\+"
LABELS = {
    "tinggi": "tinggi", "tingginya": "tinggi", "tgi": "tinggi", "tggi": "tinggi", "jangkung": "tinggi",
    "lebar": "lebar", "lebarnya": "lebar", "lbr": "lebar", "rubak": "lebar", "panjang": "panjang",
    "panjangnya": "panjang", "pjg": "panjang", "pnjg": "panjang", "panjangna": "panjang",
    "diameter": "diameter", "diameternya": "diameter", "dia": "diameter", "diamter": "diameter",
    "dm": "diameter", "garis tengah": "diameter", "garis tengahnya": "diameter", "diam": "diameter",
    "tebal": "tebal", "tebel": "tebal", "tebelnya": "tebal", "tinggina": "tinggi", "lebarna": "lebar",
     "tebalnya": "tebal", "ketebalan": "tebal",
    "lingkar dada": "lingkar dada", "ld": "lingkar dada", "panjang tali": "panjang tali",
    "tinggi tali": "tinggi tali", "panjang lengan": "panjang lengan", "tinggi hak": "tinggi hak",
    "hak": "tinggi hak",
    "panjang rantai": "panjang rantai", "panjang gagang": "panjang gagang", "lingkar kepala": "lingkar kepala",
    "lebar dada": "lebar dada", "panjang baju": "panjang baju",
    "pb": "panjang baju", "lingkar pinggang": "lingkar pinggang", "t": "tinggi", "l": "lebar", "p": "panjang",
    "d": "diameter",
}  # fmt: skip
WORN = ("ld", "pb", "lingkar dada", "panjang baju")
"""Told in cm without saying so."""
NUMBER = rf"(?:{DECIMAL}|{SPELT})"
SIDE = rf"(?:[plt]{SPACE}[:=]?{SPACE})?{DECIMAL}"
SIDE_UNIT = rf"{SPACE}(?:{UNIT}\b)?{SPACE}"
ROW = (
    rf"\bp{SPACE}[:=]?{SPACE}{DECIMAL}{SIDE_UNIT},?{SPACE}\bl{SPACE}[:=]?{SPACE}{DECIMAL}"
    rf"(?:{SIDE_UNIT},?{SPACE}\bt{SPACE}[:=]?{SPACE}{DECIMAL})?"
)
"""``P 40 L 30 T 10``."""
SEVERAL = rf"(?:{SIDE}(?:{SIDE_UNIT}{BY}{SPACE}{SIDE}){{1,2}}|{ROW})"
TO = r"(?:\s{0,2}[-\N{EN DASH}]\s{0,2}|\s{1,2}(?:sampai|s/d|sd|hingga)\s{1,2})"
SIZE = rf"(?:\b(?:ukuran(?:nya)?|uk|size|dimensi){SPACE}[.:=]?{SPACE})?"
ABOUT_IT = rf"(?:(?<!\w)(?P<about>{ABOUT}){SPACE})?"
PATTERN = re.compile(
    rf"{SIZE}(?:(?!{ROW})\b(?P<label>{any_of(LABELS)}){SPACE}[:=.]?{SPACE})?{ABOUT_IT}"
    rf"(?:(?:(?<![\w.,/])|(?<=\b[dtplDTPL]))(?<![0-9]-)(?P<sides>{SEVERAL}|{NUMBER})(?:{TO}(?P<to>{DECIMAL}))?"
    rf"{SPACE}(?P<unit>{UNIT})\b(?!{SPACE}{BY}{SPACE}[0-9])"
    rf"|(?<![\w.,/])(?P<bare>{SEVERAL})(?![\w.,]*[0-9])(?!{SPACE}(?:rb|ribu|k|jt|juta|pcs|gr?|gram|kg|ml)\b))"
    rf"|\b(?P<worn>{any_of(WORN)}){SPACE}[:=]?{SPACE}(?P<girth>[0-9]{{2,3}})(?![.,]?[0-9])\b"
    rf"|{SIZE}\b(?P<first>{any_of(LABELS)}){SPACE}[:=]?{SPACE}(?P<side>{DECIMAL})"
    rf"(?=[ ,x]{{1,3}}{any_of(LABELS)}(?:\b|[0-9]))"
    rf"|\b(?P<last>(?a:[dtpl]{SPACE}[:=]|tinggi|lebar|diameter|dia\.?){SPACE}[:=]?){SPACE}(?P<end>[0-9]{{1,3}})(?![\w.,]*[0-9]|[a-z])"
    rf"(?={SPACE}(?:[,;).\n]|$|(?:harga|hrg|rp)\b|[0-9]))",
    re.IGNORECASE,
)
EACH = re.compile(rf"{DECIMAL}{SPACE}(?:{UNIT}\b)?", re.IGNORECASE)
NUMBERS = re.compile(NUMBER, re.IGNORECASE)
AFTER_LABEL = re.compile(r"[\s:=.]+$")
INSIDE = re.compile(rf"[0-9]{SPACE}({UNIT})\b", re.IGNORECASE)
NEXT = 24
"""Characters after a measure without a unit in which the next one may tell it."""
UNITLESS = 0.8
"""How often sides without a unit are meant in centimetres: not measured."""
NARROWEST = 3
"""cm: sides without a unit that are smaller are something else, as in 2x1."""


def find_dimensions(text: str) -> tuple[Mention[Said], ...]:
    """Return each measure as ``20 x 30 cm`` or ``tinggi 30 cm``, in the text's order."""
    return find_some(PATTERN, text, _read)


def _read(match: re.Match[str]) -> Said | None:
    text = match["sides"] or match["bare"] or match["side"] or match["girth"] or match["end"]
    # In "tinggi 25 diameter 15 cm" the unit comes with the last measure.
    inside = INSIDE.search(text) or (
        INSIDE.search(match.string, match.end(), match.end() + NEXT) if match["side"] else None
    )
    named = match["unit"] or (inside[1] if inside else "cm")
    unit = UNITS[named.casefold()]
    parts = EACH.findall(text) or [text]
    read = [read_quantity(number[0]) for part in parts if (number := NUMBERS.search(part))]
    sides = [side for side in read if side is not None]
    guessed = match["unit"] is None and inside is None
    if len(sides) != len(parts) or (guessed and min(side[1] for side in sides) < NARROWEST):
        return None
    said = match["label"] or match["first"] or match["worn"] or AFTER_LABEL.sub("", match["last"] or "")
    # The letter of a row of sides (P 40 L 30) is no name of the row.
    label = LABELS[" ".join(said.casefold().split())] if said and (len(said) > 1 or len(sides) == 1) else ""
    own = [INSIDE.search(part) for part in parts]
    units = [UNITS[one[1].casefold()] if one else unit for one in own]
    each = set(units) != {unit}
    told = [f"{side[0]} {of}" if each else side[0] for side, of in zip(sides, units, strict=True)]
    to = read_quantity(match["to"]) if match["to"] else None
    measure = " x ".join(told) + (f"-{to[0]}" if to else "") + ("" if each else f" {unit}")
    return Said(
        " ".join(part for part in (label, "sekitar" if match["about"] else "", measure) if part),
        round(sides[0][1] * CENTIMETRES[unit], 3) if len(sides) == 1 and not to else None,
        "cm" if len(sides) == 1 and not to else None,
        UNITLESS if guessed else 0.97,
    )
