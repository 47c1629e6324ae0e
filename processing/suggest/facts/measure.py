"""A number with its unit: what weights and volumes have in common."""

import re
from collections.abc import Iterator, Mapping

from models.fact import Unit
from processing.suggest.facts.number import read_quantity
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention

NUMBER = re.compile(r"[0-9]+")
ROW = r"(?<![\w./,])(?P<row>[0-9]{2,4}(?:\s?[/&]\s?[0-9]{2,4}){1,4})\s?"
"""``100/250/500`` before a unit: several amounts, for no fraction has two figures above and below."""
LARGE = 1_000
"""A unit of so many smaller ones is told with decimals: ``1.250 kg`` is one and a quarter."""


def read_measure(number: str | None, to: str | None, unit: str, factor: int, in_unit: Unit) -> Said | None:
    """Return a measure as she writes it; ``None`` where the number is none.

    Parameters
    ----------
    number
        As found; ``None`` stands for one, as in ``sekilo``.
    to
        The end of a range, if it is one; a range has no single amount.
    unit
        In its normal spelling.
    factor
        How many ``in_unit`` it is.
    """
    grouped = factor < LARGE
    first = ("1", 1.0) if number is None else read_quantity(number, grouped=grouped)
    if first is None:
        return None
    if to is None:
        return Said(f"{first[0]} {unit}", first[1] * factor, in_unit)
    last = read_quantity(to, grouped=grouped)
    return None if last is None or last[1] <= first[1] else Said(f"{first[0]}-{last[0]} {unit}")


def read_rows(pattern: re.Pattern[str], text: str, units: Mapping[str, str]) -> Iterator[tuple[Mention[str], str]]:
    """Yield each number of the rows that a pattern of ``ROW`` and ``unit`` finds, with the unit they share."""
    for match in pattern.finditer(text):
        for number in NUMBER.finditer(text, *match.span("row")):
            yield Mention(number[0], *number.span()), units[match["unit"].casefold()]
