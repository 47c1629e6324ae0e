"""Terms of sale that look like the price: ``ongkir 10rb``, ``diskon 5.000``, ``min order 50 pcs``."""

import re

from processing.suggest.mention import Mention, find_all
from processing.suggest.number import DIGITS, SPACE

PATTERN = re.compile(
    r"\b(?:ongkir|ongkos kirim|biaya kirim|diskon|disc|potongan|hemat|dp|cashback"
    r"|min(?:imal)?\.? (?:belanja|order))\b"
    rf"{SPACE}[:=]?{SPACE}(?:rp\.?{SPACE})?{DIGITS}(?:[.,]{DIGITS}){{0,4}}{SPACE}(?:rb|ribu|k|jt|juta|%|pcs|lusin)?",
    re.IGNORECASE,
)


def find_charges(text: str) -> tuple[Mention[str], ...]:
    """Return each charge, reduction or least order, as found."""
    return find_all(PATTERN, text, lambda match: match[0])
