"""Limits: how long a marketplace lets a title and a description be, and how long it wants them."""

from dataclasses import dataclass

from models.marketplace import Marketplace
from models.rule import TextLimit

TITLE, DESCRIPTION = 70, 4000
"""Characters of a title and a description for no marketplace in particular: under the limit of each we know."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """In characters."""

    least_title: int = 0
    """What the marketplace would like to see; facts that do not reach so far are not drawn out."""
    most_title: int = TITLE
    most_description: int = DESCRIPTION


def lengths_of(marketplace: Marketplace) -> Lengths:
    """Return the strictest of a marketplace's limits, those of its tiers too."""
    limits = [rule for _, rule in marketplace.placed() if isinstance(rule, TextLimit)]
    return Lengths(
        least_title=max((limit.value for limit in limits if limit.rule == "min_title"), default=0),
        most_title=min((limit.value for limit in limits if limit.rule == "max_title"), default=TITLE),
        most_description=min(
            (limit.value for limit in limits if limit.rule == "max_description"), default=DESCRIPTION
        ),
    )


def shorten(text: str, most: int) -> str:
    """Return a text of at most ``most`` characters that ends with a whole line or word, where it has any."""
    if len(text) <= most:
        return text
    cut = text[: most + 1]
    for stop in ("\n", " "):
        if stop in cut:
            return cut.rpartition(stop)[0].rstrip(" \n,.;:-(")
    return text[:most]
