"""How many pieces: ``isi 10``, ``10 pcs``, ``1 lusin``."""

import re

from processing.suggest.mention import Mention, find_all
from processing.suggest.number import SPACE, any_of

UNITS = {
    "pcs": "pcs", "pc": "pcs", "pieces": "pcs", "biji": "biji", "bj": "biji", "buah": "buah", "bh": "buah",
    "butir": "butir", "lembar": "lembar", "lbr": "lembar", "helai": "helai", "bungkus": "bungkus",
    "bks": "bungkus", "lusin": "lusin", "kodi": "kodi", "pasang": "pasang", "psg": "pasang", "set": "set",
    "toples": "toples",
    "botol": "botol", "btl": "botol", "sachet": "saset", "saset": "saset", "tusuk": "tusuk", "ikat": "ikat",
}  # fmt: skip
UNIT = any_of(UNITS)
NOT_MONEY = rf"(?![.,]?\d)(?!{SPACE}(?:rb|ribu|k|jt|juta)\b)"
PATTERN = re.compile(
    rf"\b(isi){SPACE}[:=]?{SPACE}(\d{{1,4}}){NOT_MONEY}(?:{SPACE}({UNIT})\b|\b)"
    rf"|(?<![\w.,/])(\d{{1,4}}){SPACE}({UNIT})\b",
    re.IGNORECASE,
)


def find_counts(text: str) -> tuple[Mention[str], ...]:
    """Return each number of pieces as ``isi 10`` or ``10 pcs``, in the text's order."""
    return find_all(PATTERN, text, _read)


def _read(match: re.Match[str]) -> str:
    if match[1]:
        return f"isi {match[2]} {UNITS[match[3].casefold()]}" if match[3] else f"isi {match[2]}"
    return f"{match[4]} {UNITS[match[5].casefold()]}"
