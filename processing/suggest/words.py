"""A seller's note as pieces of words: lines and sentences first, then what commas and dashes part."""

import re
from dataclasses import dataclass

SENTENCE = re.compile(r"[\n;:!?|()\[\]•]+|\.+(?=\s|$)")
PIECE = re.compile(r"(?<![0-9]),|,(?![0-9])|\s[-\N{EN DASH}\N{EM DASH}/+]+\s")
WORD = re.compile(r"&|[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}.,/-][^\W_]+)*%?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word where it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The word for comparison, without regard to capitals."""
        return self.text.casefold()


Piece = tuple[Word, ...]
"""Words between two commas."""
Sentence = tuple[Piece, ...]
"""Pieces between two stops; a new line is a stop."""


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the text's sentences, each as its pieces, each as its words; empty ones are left out.

    Stars, underscores, emojis and every other sign that is no part of a word are left out too.
    """
    sentences = (_split_pieces(text, start, end) for start, end in _between(SENTENCE, text, 0, len(text)))
    return tuple(sentence for sentence in sentences if sentence)


def _split_pieces(text: str, start: int, end: int) -> Sentence:
    pieces = (
        tuple(Word(match[0], *match.span()) for match in WORD.finditer(text, first, last))
        for first, last in _between(PIECE, text, start, end)
    )
    return tuple(piece for piece in pieces if piece)


def _between(separator: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans between the separators."""
    cuts = [match.span() for match in separator.finditer(text, start, end)]
    starts = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    return list(zip(starts, ends, strict=True))
