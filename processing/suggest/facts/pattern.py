"""Pattern: ``motif parang``, ``polos``, ``kotak-kotak``, ``garis garis``."""

import re
from collections.abc import Mapping
from functools import cache

from config.patterns import load_patterns
from processing.suggest.facts.number import any_of
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, find_some


def find_patterns(text: str) -> tuple[Mention[Said], ...]:
    """Return each pattern, in the text's order: ``motif parang``, ``polos``."""
    return find_some(_pattern(), text, _read)


def _read(match: re.Match[str]) -> Said:
    if match["motif"]:
        return Said(f"motif {_spelt(load_patterns().motif)[match['motif'].casefold()]}")
    return Said(_spelt(load_patterns().alone)[match["alone"].casefold()])


@cache
def _pattern() -> re.Pattern[str]:
    motif, alone = any_of(_spelt(load_patterns().motif)), any_of(_spelt(load_patterns().alone))
    return re.compile(
        rf"\b(?:motif(?:nya)?|motip|corak|ragam hias)\b\s{{0,3}}[:=]?\s{{0,3}}(?P<motif>{motif})\b"
        rf"|\b(?P<alone>{alone})(?!\w)",
        re.IGNORECASE,
    )


def _spelt(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {way: name for name, others in names.items() for way in (name, *others)}
