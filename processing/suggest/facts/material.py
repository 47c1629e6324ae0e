"""Material: ``bahan katun combed``, ``dompet kulit sapi``, ``tas anyaman pandan``."""

from functools import cache

from config.goods import load_goods
from config.materials import load_materials
from processing.suggest.facts.edible import head_of
from processing.suggest.facts.said import Said
from processing.suggest.facts.terms import PARTED, Run, Terms, phrases, run_of
from processing.suggest.mention import Mention

UNMARKED = 0.92
SPICES = frozenset({"kayu", "batu", "kulit"})
"""Materials of which ``manis``, ``putih`` and the like make a spice or an oil."""
PACKING = frozenset({"toples", "botol", "wadah", "pouch", "kemasan", "kotak", "box"})
CARRIED = frozenset({"anting", "bros", "dompet", "kalung", "liontin", "ransel", "tas", "ikat", "gesper"})
ALSO = frozenset({"dan", "sama", "jeung", "sareng", "&", "+"})


def find_materials(text: str) -> tuple[Mention[Said], ...]:
    """Return each material by its standard name, in the text's order; what is eaten is made of none."""
    run = run_of(text)
    head = head_of(run)
    if head is not None and head[1]:
        return ()
    found = []
    place, marked = 0, False
    while place < len(run.words):
        marker = _markers().at(run.folded, place)
        if marker is not None and (term := _materials().at(run.folded, place)) is None:
            place, marked = place + marker[1], True
            continue
        term = _materials().at(run.folded, place)
        if term is None:
            place, marked = place + 1, False
            continue
        after = place + term[1]
        about = load_materials().about
        alone = term[1] > 1 or run.folded[place] not in about.only_after or _has_owner(run, place)
        spice = term[0] in SPICES and after < len(run.words) and run.follows(after)
        packed = run.before(place) in PACKING and (head is None or head[0] != place - 1)
        other = packed or run.before(place) in about.hosts or (spice and run.folded[after] in about.before)
        if (marked or alone) and not other:
            said = Said(term[0], confidence=0.97 if marked else UNMARKED)
            found.append(Mention(said, run.words[place].start, run.words[after - 1].end))
        place = after
        marked = marked and place < len(run.words) and PARTED.fullmatch(run.gap(place)) is not None
        if place + 1 < len(run.words) and run.folded[place] in ALSO and run.follows(place):
            place, marked = place + 1, True
    return tuple(mention for mention in found if not any(_is_kind_of(other, mention) for other in found))


def _has_owner(run: Run, place: int) -> bool:
    """Return whether what may be made of it stands before a material; a word may part what is worn from it."""
    if run.before(place) in _owners():
        return True
    described = run.before(place) and run.before(place) not in load_materials().about.hosts
    return bool(described) and run.before(place - 1) in CARRIED.union(load_goods().worn)


def _is_kind_of(one: Mention[Said], other: Mention[Said]) -> bool:
    """Return whether a material is a kind of another: teak, ``kayu jati``, of wood."""
    return one.value.value.startswith(f"{other.value.value} ")


@cache
def _materials() -> Terms:
    return Terms(load_materials().spelt)


@cache
def _owners() -> frozenset[str]:
    """Return what is made of something: goods and their parts."""
    return frozenset(load_goods().other) | frozenset(load_materials().about.parts)


@cache
def _markers() -> Terms:
    return phrases(load_materials().about.after)
