"""Title: the seller's own product words, without the talk around them, and the product's measures."""

from itertools import accumulate, takewhile

from processing.suggest.casing import JOINING, title_case
from processing.suggest.mention import Mention
from processing.suggest.words import Piece, Sentence

MAX_LENGTH = 70
"""Characters; under the limit of every marketplace we know."""
MIN_LETTERS = 3
TURNS = frozenset(
    {"bisa", "cocok", "beli", "gratis", "saya", "kami", "karena", "supaya", "biar", "jadi", "tinggal"}
)
"""Here a sentence turns from the product's name to talk about it."""


def name_product(sentences: tuple[Sentence, ...], around: int | None) -> Mention[str] | None:
    """Return the words that name the product, in title case, at most ``MAX_LENGTH`` characters.

    ``around`` is where the category's keyword stands: the piece that holds it is taken, otherwise the first that
    has letters enough to be a name. ``None`` when no piece is left.
    """
    pieces = [piece for sentence in sentences for piece in sentence if _is_name(piece)]
    holding = [piece for piece in pieces if around is not None and piece[0].start <= around < piece[-1].end]
    for piece in holding + pieces:
        kept = _shorten(piece)
        if _is_name(kept):
            return Mention(title_case([word.text for word in kept]), kept[0].start, kept[-1].end)
    return None


def add_measures(name: str, measures: tuple[str, ...]) -> str:
    """Return the title: the name and as many measures as there is room for."""
    title = name
    for measure in measures:
        longer = f"{title} {measure[:1].upper()}{measure[1:]}"
        title = longer if len(longer) <= MAX_LENGTH else title
    return title


def _is_name(piece: Piece) -> bool:
    return sum(character.isalpha() for word in piece for character in word.text) >= MIN_LETTERS


def _shorten(piece: Piece) -> Piece:
    """Keep the first words, up to a turn, that fit and do not end in a joining word."""
    name = tuple(takewhile(lambda word: word.folded not in TURNS, piece))
    lengths = accumulate(len(word.text) + 1 for word in name)
    kept = tuple(word for word, length in zip(name, lengths, strict=True) if length - 1 <= MAX_LENGTH)
    while kept and kept[-1].folded in JOINING | {"&"}:
        kept = kept[:-1]
    return kept
