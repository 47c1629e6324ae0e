"""How many pieces: ``isi 10``, ``10 pcs``, ``1 lusin``, ``selusin``, ``sabungkus``, ``dua toples``."""

import re

from processing.suggest.facts.number import SPACE, SPELT, any_of, read_quantity
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, find_some

UNITS = {
    "pcs": "pcs", "pc": "pcs", "pces": "pcs", "pieces": "pcs", "piece": "pcs", "pis": "pcs", "biji": "biji",
    "bj": "biji", "bji": "biji", "siki": "biji", "buah": "buah", "bh": "buah", "buwah": "buah",
    "butir": "butir", "btr": "butir", "butr": "butir", "endog": "butir", "lembar": "lembar", "lbr": "lembar",
    "lmbr": "lembar", "lmbar": "lembar",
    "lembaran": "lembar", "helai": "helai", "potong": "potong", "ptg": "potong", "bungkus": "bungkus",
    "bks": "bungkus", "bngks": "bungkus", "bgks": "bungkus", "bungkusan": "bungkus", "lusin": "lusin",
    "lsn": "lusin", "dosin": "lusin", "kodi": "kodi", "gros": "gros", "pasang": "pasang", "psg": "pasang",
    "psang": "pasang", "set": "set", "stel": "setel", "setel": "setel", "toples": "toples", "tples": "toples",
    "botol": "botol", "btl": "botol", "sachet": "saset", "saset": "saset", "sase": "saset", "sct": "saset",
    "tusuk": "tusuk",
    "ikat": "ikat", "iket": "ikat", "beungkeut": "ikat", "renteng": "renteng", "rtg": "renteng",
    "kotak": "kotak", "box": "kotak", "dus": "dus", "doos": "dus", "pak": "pak", "pack": "pak", "bal": "bal",
    "ball": "bal", "karung": "karung", "cup": "cup", "tangkai": "tangkai", "batang": "batang", "btg": "batang",
    "ekor": "ekor", "sisir": "sisir", "tandan": "tandan", "kaleng": "kaleng", "pouch": "pouch",
    "bonggol": "bonggol", "gulung": "gulung", "rol": "rol", "roll": "rol", "kantong": "kantong",
    "besek": "besek", "mika": "mika", "polybag": "polybag", "pot": "pot", "bibit": "bibit", "ember": "ember",
    "sak": "sak", "papan": "papan", "porsi": "porsi", "baki": "baki", "tray": "baki", "keping": "keping",
}  # fmt: skip
COLLECTIVE = frozenset({"lusin", "kodi", "gros", "set", "setel", "pasang"})
"""One of these is several."""
PIECES = {"lusin": 12, "kodi": 20, "gros": 144}
UNIT = any_of(UNITS)
ONE_OF = any_of(name for name in UNITS if len(name) > 3)  # noqa: PLR2004 - se- before short ones makes other words
SMALL = r"[0-9]{1,4}"
NUMBER = rf"(?:{SMALL}|{SPELT})"
NOT_MONEY = rf"(?![.,]?[0-9])(?!{SPACE}(?:rb|rban|ribu|ribuan|rebu|ewu|k|jt|juta)\b)"
OF_KINDS = rf"(?!{SPACE}(?:rempah|macam|jenis|laci|susun|kamar|saku)\b)"
"""After a number inside these are no pieces: ``isi 7 rempah`` is what it is made of."""
INSIDE = r"isi(?:nya)?|eusi(?:na)?"
PATTERN = re.compile(
    rf"\b(?P<isi>{INSIDE}){SPACE}[:=]?{SPACE}(?P<held>{NUMBER})(?:-(?P<to>{SMALL}))?(?:-?an\b)?{NOT_MONEY}{OF_KINDS}(?:{SPACE}(?P<unit>{UNIT})\b|\b)"
    rf"|\b(?P<isi_one>{INSIDE}){SPACE}[:=]?{SPACE}s[ae]{SPACE}(?P<unit_one>{ONE_OF})\b"
    rf"|(?<![\w.,/])(?P<number>{NUMBER}){SPACE}(?P<of>{UNIT})\b"
    rf"|(?<![\w./-])s[ae](?P<one>{ONE_OF})\b",
    re.IGNORECASE,
)


def find_counts(text: str) -> tuple[Mention[Said], ...]:
    """Return each number of pieces as ``isi 10`` or ``10 pcs``, in the text's order."""
    return find_some(PATTERN, text, _read)


def tells_number(said: Said) -> bool:
    """Return whether a count says more than that one is sold, as the packet of ``sabungkus 10rb`` does."""
    number, _, unit = said.value.partition(" ")
    return number != "1" or unit in COLLECTIVE


def _read(match: re.Match[str]) -> Said | None:
    number = match["held"] or match["number"]
    quantity = ("1", 1.0) if number is None else read_quantity(number)
    if quantity is None:
        return None
    named = match["unit"] or match["unit_one"] or match["of"] or match["one"]
    unit = UNITS[named.casefold()] if named else ""
    number = f"{quantity[0]}-{match['to']}" if match["to"] else quantity[0]
    parts = ("isi" if match["isi"] or match["isi_one"] else "", number, unit)
    if match["to"]:
        return Said(" ".join(part for part in parts if part))
    return Said(" ".join(part for part in parts if part), quantity[1] * PIECES.get(unit, 1), "piece")
