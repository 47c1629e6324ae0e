"""Halal: the word, and the number of its certificate where there is one."""

import re

from processing.suggest.facts.misread import FIGURE, figures
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, find_some

PATTERN = re.compile(
    rf"(?:\b(?P<not>belum|tidak|tdk|non|bukan|proses|ga|gak|urus(?:an)?|in(?:shaa?|sya)\s?all?ah)\s{{1,2}})?\bhalal\b"
    rf"(?:[^\n0-9]{{0,24}}?\b(?:(?P<id>[I1l]D\s?{FIGURE}{{17}})|(?P<mui>{FIGURE}{{14}}))\b)?"
    rf"|\b(?P<alone>ID\s?[0-9]{FIGURE}{{16}})\b",
    re.IGNORECASE,
)
WORD_ALONE = 0.7
"""A word is no certificate."""


def find_halal(text: str) -> tuple[Mention[Said], ...]:
    """Return ``halal``, with the certificate's number: ``ID`` and 17 figures of BPJPH, or 14 of MUI."""
    return find_some(PATTERN, text, _read)


def _read(match: re.Match[str]) -> Said | None:
    if match["not"]:
        return None
    number = match["id"] or match["alone"]
    if number:
        return Said(f"halal ID{figures(number[2:])}")
    return Said(f"halal {figures(match['mui'])}") if match["mui"] else Said("halal", confidence=WORD_ALONE)
