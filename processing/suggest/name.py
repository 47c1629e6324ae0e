"""Name: the seller's own words for the product, without the talk around them and without claims."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from config.categories import load_categories
from config.colours import load_colours
from config.flavours import load_flavours
from config.glossary import load_glossary
from config.goods import load_goods
from config.guarded import load_guarded
from config.materials import load_materials
from config.places import load_places
from config.vocabulary import load_vocabulary
from processing.suggest.casing import JOINING, title_case
from processing.suggest.category_keywords import OPENERS
from processing.suggest.claims import claims_in_name, find_phrase, goods_with_claims
from processing.suggest.facts.number import ONES
from processing.suggest.maker import maker_words
from processing.suggest.mention import Mention
from processing.suggest.words import Piece, Sentence, Word

MAX_LENGTH = 70
"""Characters; under the limit of every marketplace we know."""
MIN_LETTERS = 3
MOST_WORDS = 9
"""A longer name is a sentence."""
LONGEST_PHRASE = 3
MOST_STRANGE = 2
"""Words at its end that we do not know; more are a sentence, unless they are written as a name is."""
TURNS = frozenset({
    "bisa", "cocok", "beli", "gratis", "saya", "kami", "karena", "supaya", "biar", "jadi", "tinggal", "tanpa",
    "bebas", "non", "yang", "yg", "this", "that", "is", "are", "adalah", "agar", "bukan", "tidak", "oleh", "and",
    "mengandung", "warna", "merk", "merek", "brand", "buatan", "panen", "ukuran", "rumahan",
    "bikinan", "ti", "per", "sudah", "udah", "pernah", "hasil", "juga", "pokoknya", "buat", "untuk", "utk",
    "sejak", "langsung", "tapi", "tp", "ora", "teu", "henteu", "ga", "gak", "nggak", "ndak", "tdk",
    "mboten", "kurang",
})  # fmt: skip
"""Here a sentence turns from the product's name to talk about it."""
ENDS = frozenset({
    "wrn", "bhn", "bahan", "varian", "rasa", "by", "uk", "perkilo", "level", "lvl", "rata2", "sepasang", "isi",
    "umur", "usia", "aneka",
})  # fmt: skip
"""After the product's name, these begin to tell a fact of it, which the title tells in its own way."""
PACKS = frozenset({"toples", "botol", "kemasan", "pouch", "renteng", "seger", "sendiri", "roasting", "giling"})
"""After the name, what the goods are packed in or how; goods that are called so begin with it."""
TALK = frozenset({
    "bikin", "bikinan", "jahitan", "masak", "kemarin", "kemaren", "kmrn", "wis", "geus", "sampun", "abdi", "kulo",
    "aku",
})  # fmt: skip
"""Before the name, these are of a sentence about it."""
LIST = "/"
"""Parts what may be chosen: ``original/pedas``."""
SLIP = 3
"""Letters."""
SIGNS = frozenset("%/@.")
"""No name has these: they are of figures and addresses."""
VERB = re.compile(r"(?:me(?:m|n|ng|ny|r|l)|memper|ber|ter|di|se-)\w{4,}")
"""What an Indonesian verb or comparison begins with; products whose names begin so are known."""


def name_product(sentences: tuple[Sentence, ...], around: int | None) -> Mention[str] | None:
    """Return the words that name the product, in title case, at most ``MAX_LENGTH`` characters.

    ``around`` is where the category's keyword stands: the piece that holds it is taken, otherwise the first that
    names goods, or else has letters enough to be a name. ``None`` when no piece is left.
    """
    pieces = [piece for sentence in sentences for piece in sentence if _is_name(piece)]
    holding = [piece for piece in pieces if around is not None and piece[0].start <= around < piece[-1].end]
    goods = [piece for piece in pieces if any(word.folded in _things() for word in piece)]
    for piece in holding + goods + pieces:
        kept = _shorten(_from_product(piece, around))
        name = title_case([word.text for word in kept])
        if _is_name(kept) and claims_in_name(name) is None:
            return Mention(name, kept[0].start, kept[-1].end)
    return None


def _is_name(piece: Piece) -> bool:
    letters = sum(character.isalpha() for word in piece for character in word.text)
    return letters >= MIN_LETTERS or " ".join(word.folded for word in piece) in _goods()


def _from_product(piece: Piece, around: int | None) -> Piece:
    """Leave out talk that stands before the product, which Indonesian names first.

    The thing itself comes before what its category may know it by: the ``lumpia`` before its ``udang``. One
    word that nobody knows may be the thing, unless it is talk.
    """
    things = (word.start for word in piece if word.folded in _things())
    known_by = (place for place in (around,) if place is not None and piece[0].start <= place < piece[-1].end)
    start = min((*things, *known_by), default=piece[0].start)
    before = [word for word in piece if word.start < start]
    strange = [word for word in before if word.folded not in OPENERS | product_words()]
    return piece[len(before) :] if len(strange) > 1 or any(map(_is_talk, strange)) else piece


def _is_talk(word: Word) -> bool:
    """Return whether an unknown word before a product's name is no part of it."""
    return word.text.isdigit() or word.folded in TALK | load_vocabulary().words or _turns(word, [word])


def _shorten(piece: Piece) -> Piece:
    """Keep the first words, up to a turn, that fit and do not end in a joining word."""
    kept: list[Word] = []
    length = 0
    listed = next((place for place, word in enumerate(piece) if place and LIST in word.text), len(piece))
    piece = piece[:listed]
    called_so = _called_so(piece)
    for word in _without_praise(piece, called_so):
        length += len(word.text) + 1
        if kept and word.folded in PACKS:
            break
        if (word not in called_so and _turns(word, kept)) or length - 1 > MAX_LENGTH or len(kept) == MOST_WORDS:
            break
        kept.append(word)
    makers = maker_words(tuple(word.text for word in kept))
    strange = [
        place not in makers
        and word.folded not in product_words()
        and word.folded not in _places()
        and not word.text.istitle()
        for place, word in enumerate(kept)
    ]
    if MOST_STRANGE < sum(takewhile(bool, reversed(strange))) < len(kept):
        kept = kept[: -sum(takewhile(bool, reversed(strange)))]
    while kept and (kept[-1].folded in JOINING | {"&"} or (_is_slip(kept) and len(kept) - 1 not in makers)):
        kept.pop()
    return tuple(kept)


def _is_slip(kept: Sequence[Word]) -> bool:
    """Return whether the last word of a name is a few small letters that mean nothing to us."""
    last = kept[-1]
    short = len(kept) > 1 and len(last.text) <= SLIP and last.text.islower()
    return short and last.folded not in product_words() | _measures_and_places()


def _without_praise(piece: Piece, called_so: frozenset[Word]) -> Piece:
    """Leave out the words that praise or promise, up to three together: ``Keripik Nomor 1``."""
    guarded = load_guarded()
    dropped = (*guarded.superlative, *guarded.offer, *guarded.certificate)
    kept: list[Word] = []
    place = 0
    while place < len(piece):
        for length in range(min(LONGEST_PHRASE, len(piece) - place), 0, -1):
            phrase = " ".join(word.folded for word in piece[place : place + length])
            signed = length == 1 and not set(phrase).isdisjoint(SIGNS)
            if piece[place] not in called_so and (signed or find_phrase(phrase, dropped)):
                place += length
                while place < len(piece) and piece[place].text.isdigit():
                    place += 1
                break
        else:
            kept.append(piece[place])
            place += 1
    return tuple(kept)


def _called_so(piece: Piece) -> frozenset[Word]:
    """Return the words that are the name of a kind of goods, though alone they would say more."""
    found: set[Word] = set()
    for place in range(len(piece)):
        for length in range(1, LONGEST_PHRASE + 1):
            words = piece[place : place + length]
            if " ".join(word.folded for word in words) in goods_with_claims() | _goods_that_turn():
                found.update(words)
    return frozenset(found)


def _turns(word: Word, before: Sequence[Word]) -> bool:
    if before and word.folded in ENDS:
        return True
    if word.folded in TURNS or word.folded in ONES or claims_in_name(word.text) is not None:
        return True
    return bool(before) and VERB.fullmatch(word.folded) is not None and word.folded not in product_words()


@cache
def _goods() -> frozenset[str]:
    return frozenset(keyword for category in load_categories().values() for keyword in category.keywords)


@cache
def _things() -> frozenset[str]:
    goods = load_goods()
    return frozenset((*goods.edible, *goods.other)) - TURNS


@cache
def _goods_that_turn() -> frozenset[str]:
    """Return the names of goods that have a word in them at which a sentence would turn: ``agar agar``."""
    return frozenset(name for name in _goods() if not (TURNS | ONES.keys()).isdisjoint(name.split()))


@cache
def product_words() -> frozenset[str]:
    """Return the words of which names of goods are made, in lower case."""
    glossary = load_glossary()
    phrases = list(_goods())
    for words in (glossary.head, *glossary.modifiers(eaten=True), *glossary.modifiers(eaten=False)):
        phrases += words
    return frozenset(word for phrase in phrases for word in phrase.split())


@cache
def _places() -> frozenset[str]:
    return frozenset(word for way in load_places().spelt for word in way.split())


@cache
def _measures_and_places() -> frozenset[str]:
    """Return the short words besides that a name may end in."""
    spelt = (*load_places().spelt, *load_materials().spelt, *load_colours().spelt, *load_flavours().spelt)
    return frozenset(word for way in spelt for word in way.split() if len(word) <= SLIP)
