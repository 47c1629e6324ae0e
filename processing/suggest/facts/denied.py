"""Denied: what the goods are not, asked and answered: ``bakpia Pathok? bukan, ini bakpia rumahan``."""

import re

from processing.suggest.mention import Mention, find_all

PATTERN = re.compile(
    r"[^.\n?!]{1,60}\?\s{0,3}(?:bukan|bkn|no|nope|sanes|lain|dudu|udu|tidak|tdk|ini|ieu|iki)\b", re.IGNORECASE
)


def find_denied(text: str) -> tuple[Mention[None], ...]:
    """Return each question that the seller answers with a no, in the text's order."""
    return find_all(PATTERN, text, lambda _: None)
