"""Material: ``bahan katun combed``, ``dompet kulit sapi``, ``tas anyaman pandan``."""

from functools import cache

from config.goods import load_goods
from config.materials import load_materials
from processing.suggest.facts.edible import head_of
from processing.suggest.facts.said import Said
from processing.suggest.facts.terms import Terms, phrases, run_of
from processing.suggest.mention import Mention

UNMARKED = 0.92


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
        alone = term[1] > 1 or run.folded[place] not in about.only_after or run.before(place) in _owners()
        other = run.before(place) in about.hosts or (
            after < len(run.words) and run.follows(after) and run.folded[after] in about.before
        )
        if (marked or alone) and not other:
            said = Said(term[0], confidence=0.97 if marked else UNMARKED)
            found.append(Mention(said, run.words[place].start, run.words[after - 1].end))
        place, marked = after, False
    return tuple(found)


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
