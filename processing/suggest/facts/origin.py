"""Origin: ``khas Garut``, ``dodol garut``, ``kopi Gayo``; not where she lives or sends to."""

from functools import cache

from config.materials import load_materials
from config.places import load_places
from processing.suggest.facts.edible import head_of
from processing.suggest.facts.said import Said
from processing.suggest.facts.terms import Run, Terms, phrases, run_of
from processing.suggest.mention import Mention

GENUINE = "asli"
PIN = "\N{ROUND PUSHPIN}"
"""Before the place where she is."""
CRAFT = frozenset({"kerajinan", "pengrajin", "perajin", "produk", "hasil"})
NEAR = 3
"""Words before a place that may say that it is an address."""
STREET = 10
"""Words from a street, a house or a telephone to the town that it is in."""
UNMARKED = 0.9
DISHES = frozenset({"bumbu", "boemboe", "bumbon"})
"""A seasoning is called after the dish that it is for, and the dish after a place."""


def find_origins(text: str) -> tuple[Mention[Said], ...]:
    """Return each place that the goods come from, by the name that buyers know, in the text's order."""
    run = run_of(text)
    found: list[Mention[Said]] = []
    place = 0
    while place < len(run.words):
        term = _places().at(run.folded, place)
        if term is None:
            place += 1
            continue
        after = place + term[1]
        marked = _is_marked(run, place)
        end = _row_end(run, after)
        if not _is_denied(run, place, end) and (marked or _stands_alone(run, place, end, term[0])):
            said = Said(term[0], confidence=0.97 if marked else UNMARKED)
            found.append(Mention(said, run.words[place].start, run.words[after - 1].end))
            place = end
        else:
            place = after
    return tuple(found)


def find_whereabouts(text: str) -> tuple[Mention[str], ...]:
    """Return each place where she is, sends to or meets a buyer, with what says so, in the text's order."""
    run = run_of(text)
    found: list[Mention[str]] = []
    place = 0
    while place < len(run.words):
        term = _places().at(run.folded, place)
        start = None if term is None else _address_start(run, place)
        if term is None or start is None:
            place += 1 if term is None else term[1]
            continue
        end = _row_end(run, place + term[1])
        while end < len(run.words) and run.folded[end] in load_places().about.around and _joins(run, end):
            end += 1
        first, last = run.words[start].start, run.words[end - 1].end
        found.append(Mention(text[first:last], first, last))
        place = end
    return tuple(found)


def _row_end(run: Run, place: int) -> int:
    """Return the place after those that only say where the one before them lies: ``Rajapolah Tasikmalaya``."""
    while place < len(run.words) and run.gap(place).strip(" ") in ("", ",", "-", "("):
        term = _places().at(run.folded, place)
        if term is None:
            break
        place += term[1]
    return place


def _is_denied(run: Run, place: int, after: int) -> bool:
    """Return whether the goods are not from there: ``bukan mochi sukabumi``, ``jogja style``."""
    about = load_places().about
    if after < len(run.words) and run.folded[after] in about.looks and run.follows(after):
        return True
    for other in range(place, max(0, place - NEAR), -1):
        if not run.follows(other):
            return False
        like = run.folded[other - 1] in about.like
        if like or run.folded[other - 1] in about.denied or (other > 1 and run.folded[other - 1] in DISHES):
            return True
    return False


def _is_marked(run: Run, place: int) -> bool:
    """Return whether a word such as ``khas`` stands before a place, with at most ``desa`` and the like between."""
    first = place
    while (
        first > max(0, place - NEAR) and run.folded[first - 1] in load_places().about.within and _joins(run, first)
    ):
        first -= 1
    if _is_address(run, first) or _is_material(run, place):
        return False
    for start, end in ((first - 1, first), (first - 2, first), (place - 1, place), (place - 2, place)):
        marker = _markers().at(run.folded[max(0, start) : end], 0)
        if start >= 0 and marker is not None and marker[1] == end - start and _joins(run, end):
            return True
    return False


def _is_material(run: Run, place: int) -> bool:
    """Return whether a place's name is what craft is made of, before a place: ``kerajinan kuningan Juwana``."""
    after = _places().at(run.folded, place + 1) if place + 1 < len(run.words) and run.follows(place + 1) else None
    return after is not None and run.folded[place] in load_materials().spelt and run.before(place) in CRAFT


def _joins(run: Run, place: int) -> bool:
    """Return whether but spaces, or the stop of ``Kab.``, part a word from the one before it."""
    return not run.gap(place).strip(" .")


def _stands_alone(run: Run, place: int, after: int, name: str) -> bool:
    """Return whether a place of which no word says what it is, up to ``after``, is where the goods come from."""
    before = run.before(place)
    about = load_places().about
    kind = f"{before} {run.folded[place]}" in about.kinds
    if kind or before == "di" or run.folded[0] in DISHES or before in about.styles or _is_verb(run, place, after):
        return False
    head = head_of(run)
    eaten = head is not None and head[1] and head[0] < place
    if name in about.motifs and not eaten:
        return False
    common = name in about.words and not (eaten and name in about.metals)
    if not common and after < len(run.words) and run.folded[after] == GENUINE and run.follows(after):
        return not _is_address(run, place)
    if not before:
        named = not common or _ends_it(run, place)
        return _opens(run, place, after) and named and not _is_address(run, place)
    word = run.words[place].text
    is_name = word.istitle() and run.words[place - 1].text.islower()
    return (is_name or not common) and not _is_address(run, place)


def _is_verb(run: Run, place: int, after: int) -> bool:
    """Return whether the words around say that it is no place: ``boleh bali``, may be sent back."""
    about = load_places().about
    follows = after < len(run.words) and run.follows(after) and run.folded[after] in about.done
    return run.before(place) in about.doing or follows


def _opens(run: Run, place: int, after: int) -> bool:
    """Return whether places stand by themselves: after a comma or on a line of their own, up to the next."""
    ends = after == len(run.words) or run.gap(after)[:1] in ",.\n(!"
    return ends and (place == 0 or run.gap(place).strip(" ")[:1] in ",\n.-(")


def _ends_it(run: Run, place: int) -> bool:
    """Return whether a place is the last word and written as a name is, among others that are not."""
    return place == len(run.words) - 1 and run.words[place].text.istitle() and not run.text.istitle()


def _is_address(run: Run, place: int) -> bool:
    """Return whether the words before a place make it an address or a destination."""
    return _address_start(run, place) is not None


def _address_start(run: Run, place: int) -> int | None:
    """Return where the words begin that make a place an address or a destination, or ``None`` where none do."""
    about = load_places().about
    for other in range(place, max(0, place - NEAR), -1):
        if run.folded[other - 1] in about.elsewhere:
            return _with_leading(run, other - 1)
        if PIN in run.gap(other):
            return other
        if "\n" in run.gap(other) or "." in run.gap(other):
            break
    for other in range(place, max(0, place - STREET), -1):
        if run.folded[other - 1] in about.street:
            return _with_leading(run, other - 1)
        stopped = "." in run.gap(other) and run.folded[other - 1] not in (*about.within, "no")
        if "\n" in run.gap(other) or (stopped and not run.words[other - 1].text.isdigit()):
            return None
    return None


def _with_leading(run: Run, place: int) -> int:
    """Return where the words begin that lead to one: ``bisa``, ``siap kirim``."""
    while place > 0 and run.folded[place - 1] in load_places().about.leading and run.follows(place):
        place -= 1
    return place


@cache
def _places() -> Terms:
    return Terms(load_places().spelt)


@cache
def _markers() -> Terms:
    return phrases(load_places().about.markers)
