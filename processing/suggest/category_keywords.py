"""The words by which sellers call their goods, looked for where a product is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from config.categories import load_categories
from config.spellings import usual_spelling
from processing.suggest.mention import Mention
from processing.suggest.words import Piece, Sentence, Word

CONJUNCTIONS = frozenset({"dan", "&", "atau", "plus", "sama"})
QUALIFIERS = frozenset({
    "rasa", "varian", "aroma", "isi", "bahan", "berbahan", "dari", "terbuat", "untuk", "utk", "buat", "dengan",
    "dgn", "pakai", "pake", "campur", "campuran", "motif", "warna", "cocok", "enak", "bisa", "tanpa", "seperti",
    "dibuat",
})  # fmt: skip
"""After these a sentence says what the product is like, made of or good for."""
OPENERS = frozenset({
    "aneka", "macam", "berbagai", "asli", "khas", "spesial", "special", "paket", "homemade", "rumahan", "umkm",
    "jajanan", "makanan", "minuman", "kerajinan", "olahan", "fresh", "segar", "organik", "premium", "original",
    "ori", "super", "jumbo", "mini", "camilan", "cemilan", "snack",
})  # fmt: skip
"""May stand before the product's own name without changing what it is."""


@dataclass(frozen=True, slots=True)
class Named:
    """A category that the words may name."""

    code: str
    length: int
    """Words of the keyword that was found."""
    leading: bool
    """True where the keyword opens a name, as the head of an Indonesian noun phrase does; further on it may only
    say what another thing is made of."""


def find_categories(sentences: tuple[Sentence, ...]) -> tuple[Mention[Named], ...]:
    """Return the first mention of each category that may be meant: none, one, or several that contradict.

    Indonesian names the thing first and its kind after it, so the first keyword of a name counts. Names that open
    with a keyword outweigh those that have one further on; of the latter, those with the longest keyword count.
    """
    heads: list[Mention[Named]] = []
    named: set[str] = set()
    for name in _names(sentences):
        head = _head(name)
        if head is not None and not _inside(name, head) <= named:
            heads.append(head)
            named.update(word.folded for word in name)
    leading = [head for head in heads if head.value.leading]
    longest = max((head.value.length for head in heads), default=0)
    first: dict[str, Mention[Named]] = {}
    for head in leading or [head for head in heads if head.value.length == longest]:
        first.setdefault(head.value.code, head)
    return tuple(first.values())


def _names(sentences: tuple[Sentence, ...]) -> Iterator[Piece]:
    """Yield what may name a product: the pieces before a sentence's first qualifier, parted at conjunctions."""
    for sentence in sentences:
        for piece in sentence:
            name: list[Word] = []
            for word in piece:
                if word.folded in QUALIFIERS:
                    break
                if word.folded in CONJUNCTIONS:
                    yield tuple(name)
                    name = []
                else:
                    name.append(word)
            yield tuple(name)
            if any(word.folded in QUALIFIERS for word in piece):
                break


def _head(name: Piece) -> Mention[Named] | None:
    """Return the first keyword of a name, one after its openers if there is one."""
    openers = next((place for place, word in enumerate(name) if word.folded not in OPENERS), len(name))
    for place in (openers, *range(len(name))):
        found = _keyword_at(name, place, leading=place <= openers)
        if found is not None:
            return found
    return None


def _keyword_at(name: Piece, place: int, *, leading: bool) -> Mention[Named] | None:
    """Return the longest keyword that begins with the word at a place."""
    keywords = _keywords()
    for length in range(min(_longest(), len(name) - place), 0, -1):
        words = name[place : place + length]
        code = keywords.get(usual_spelling(" ".join(word.folded for word in words)))
        if code is not None:
            return Mention(Named(code, length, leading), words[0].start, words[-1].end)
    return None


def _inside(name: Piece, head: Mention[Named]) -> set[str]:
    return {word.folded for word in name if head.start <= word.start < head.end}


@cache
def _keywords() -> dict[str, str]:
    """Return the category's code by each of its keywords."""
    return {
        usual_spelling(keyword): code
        for code, category in load_categories().items()
        for keyword in category.keywords
    }


@cache
def _longest() -> int:
    return max(keyword.count(" ") + 1 for keyword in _keywords())
