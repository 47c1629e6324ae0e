"""Edible: whether what is sold is for eating or drinking."""

from functools import cache

from config.goods import load_goods
from processing.suggest.facts.terms import Run, Terms

EDIBLE, OTHER, TEA = "edible", "other", "teh"
OF = frozenset(
    {"kayu", "daun", "motif", "corak", "warna", "wrn", "aroma", "wangi", "bentuk", "karakter", "gambar"}
)
"""After these a word is no head: ``kayu nangka`` is no fruit."""


def head_of(run: Run) -> tuple[int, bool] | None:
    """Return where the goods are first named and whether they are edible, or ``None`` where no known word is."""
    for place in range(len(run.words)):
        found = _heads().at(run.folded, place)
        if found is not None and run.before(place) not in OF and not _is_address(run, place):
            return place, found[0] == EDIBLE
    return None


def _is_address(run: Run, place: int) -> bool:
    """Return whether ``teh`` is no tea but somebody who is spoken to: ``sanes teh, daster``."""
    after = place + 1
    return run.folded[place] == TEA and after < len(run.words) and run.gap(after)[:1] in ",.!?"


@cache
def _heads() -> Terms:
    goods = load_goods()
    return Terms(dict.fromkeys(goods.edible, EDIBLE) | dict.fromkeys(goods.other, OTHER))
