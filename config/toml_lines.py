"""On which line of a TOML file something stands: ``tomllib`` reads values and forgets their places."""

import tomllib
from collections.abc import Sequence
from typing import Any

Place = Sequence[str | int]
"""Keys and positions in arrays, counted from 0. What the file does not have, such as a missing key or the name of
a kind of rule, is passed over: a place that is not there stands for what should hold it."""


def line_of(text: str, place: Place) -> int:
    """Return the line, from 1, on which a place of a valid TOML document begins; 1 for the document itself.

    A place begins on the line after the last of the document's beginnings that are whole without it.
    """
    wanted = _depth(tomllib.loads(text), place)
    lines = [f"{line}\n" for line in text.split("\n")]
    before = 0
    for count in range(len(lines) + 1):
        try:
            beginning = tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:  # it ends within a value that goes over several lines
            continue
        if _depth(beginning, place) == wanted:
            break
        before = count
    return before + 1


def _depth(document: dict[str, Any], place: Place) -> int:
    """Return how many parts of a place a document has."""
    here: Any = document
    found = 0
    for part in place:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            continue
        found += 1
    return found
