"""Terms: words of a vocabulary, looked for word by word, the longest first."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from processing.suggest.words import Word

WORD = re.compile(r"&|[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
"""Letters that are held down: ``pedassss``."""
PARTED = re.compile(r"\s{0,2}[,/&+|]\s{0,2}|\s{1,2}[-\u2013]\s{1,2}|\s{0,16}\n[-\s*]{0,4}")
"""What parts two items of a list."""
AND = frozenset(
    {"&", "n", "and", "or", "plus", "dan", "atau", "juga", "jg", "sama", "ada", "yaitu"}
    | {"jeung", "sareng", "aya", "karo", "lan"}
)
"""Between two of a kind, in English, Indonesian, Sundanese and Javanese."""
LONGEST_ITEM = 2
"""Words of an item that no vocabulary has; more are a sentence."""


@dataclass(frozen=True)
class Run:
    """A text's words, each with what stands before it."""

    text: str
    words: tuple[Word, ...]
    folded: tuple[str, ...]
    """Each word for comparison."""

    @cached_property
    def shouted(self) -> bool:
        """True where all of it is in capitals."""
        return self.text.isupper()

    def gap(self, place: int) -> str:
        """Return what stands between a word and the one before it."""
        start = self.words[place - 1].end if place else 0
        return self.text[start : self.words[place].start]

    def follows(self, place: int) -> bool:
        """Return whether but a space or a hyphen parts a word from the one before it."""
        return place > 0 and self.gap(place) in (" ", "-")

    def past_stranger(self, place: int, is_known: Callable[[int], bool]) -> int | None:
        """Return the place after an item of a list that no vocabulary has, and after which the list goes on.

        ``None`` where what begins there is no such item: a word or two between two commas or slashes, of
        which none begins what ``is_known``.
        """
        for end in range(place + 1, min(place + 1 + LONGEST_ITEM, len(self.words))):
            if is_known(end - 1):
                break
            if self.words[end - 1].text.isalpha() and PARTED.fullmatch(self.gap(end)):
                return end
            if not self.follows(end) or not self.words[end - 1].text.isalpha():
                break
        return None

    def before(self, place: int) -> str:
        """Return the word before, if but a space, or two, or a hyphen parts them; otherwise an empty text."""
        return self.folded[place - 1] if place and self.gap(place) in (" ", "  ", "-") else ""


@lru_cache(maxsize=8)
def run_of(text: str) -> Run:
    """Return a text's words in order, ``abu-abu`` and ``merah/putih`` as two; every finder asks for the same."""
    words = tuple(Word(match[0], *match.span()) for match in WORD.finditer(text))
    return Run(text, words, tuple(DRAWN_OUT.sub(r"\1", word.folded) for word in words))


class Terms:
    """A vocabulary: what stands for what."""

    def __init__(self, spelt: Mapping[str, str]) -> None:
        self._names = {tuple(re.split(r"[ -]", way.casefold())): name for way, name in spelt.items()}
        self._longest = max(map(len, self._names))

    def at(self, folded: tuple[str, ...], place: int) -> tuple[str, int] | None:
        """Return the longest term that begins with the word at a place: its standard name and its words."""
        for length in range(min(self._longest, len(folded) - place), 0, -1):
            name = self._names.get(folded[place : place + length])
            if name is not None:
                return name, length
        return None


def phrases(words: Iterable[str]) -> Terms:
    """Return a vocabulary in which each phrase stands for itself."""
    return Terms({word: word for word in words})
