"""Denied: what goods are not, or only like: ``bakpia Pathok? bukan, ini bakpia rumahan``, ``bukan madu palsu``."""

import re

from processing.suggest.mention import Mention, find_all

NOT = r"(?:bukan|bkn|sanes|dudu|udu)"
PATTERN = re.compile(
    r"[^.\n?!]{1,60}\?\s{0,3}(?:bukan|bkn|no|nope|sanes|lain|dudu|udu|tidak|tdk|ini|ieu|iki)\b"
    rf"|[^.,\n?!]{{1,60}}\s{NOT}\s{{0,2}},\s{{0,2}}(?=(?:tapi|ini|ieu|iki)\b)"
    rf"|\b(?:{NOT}|mirip|persis|kayak|seperti)\s[^.,\n?!;()]{{1,60}}?(?=[.,\n?!;()]|\s(?:tapi|tp|melainkan|ini)\b|$)",
    re.IGNORECASE,
)


def find_denied(text: str) -> tuple[Mention[None], ...]:
    """Return what the seller says that her goods are not, or are only like, in the text's order."""
    return find_all(PATTERN, text, lambda _: None)
