"""A fact where it stands in the seller's words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.fact import Evidence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mention(Generic[T]):
    """A value and the span of text that says it."""

    value: T
    start: int
    end: int
    """The span is ``text[start:end]``."""

    def evidence(self, words: str) -> Evidence:
        """Return the span as found in the seller's words."""
        return Evidence(source="note", quote=words[self.start : self.end], span=(self.start, self.end))


def find_all(pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], T]) -> tuple[Mention[T], ...]:
    """Return what ``read`` makes of each match of a pattern, in the text's order."""
    return tuple(Mention(read(match), *match.span()) for match in pattern.finditer(text))


def blank(text: str, mentions: Iterable[Mention[T]]) -> str:
    """Return the text with the mentions' spans turned into spaces, so that every other place stays where it is."""
    characters = list(text)
    for mention in mentions:
        characters[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(characters)


def find_some(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], T | None]
) -> tuple[Mention[T], ...]:
    """Return as :func:`find_all`, without the matches of which ``read`` makes nothing."""
    found = ((read(match), match.span()) for match in pattern.finditer(text))
    return tuple(Mention(value, *span) for value, span in found if value is not None)
