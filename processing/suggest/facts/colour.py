"""Colour: ``warna hitam, coklat, navy``, ``biru dongker``, ``ijo tosca``."""

from functools import cache

from config.colours import load_colours
from config.goods import load_goods
from processing.suggest.facts.edible import head_of
from processing.suggest.facts.said import Said
from processing.suggest.facts.terms import AND, PARTED, Run, Terms, run_of
from processing.suggest.mention import Mention

MARKERS = frozenset(
    {
        "warna",
        "warnanya",
        "warnana",
        "wrn",
        "werna",
        "warni",
        "colour",
        "color",
        "kelir",
        "pilihan",
        "finishing",
        "dasar",
        "varian",
    }
)
JOINING = AND | {"kombinasi", "polet", "list", "mix"}
SHADES = frozenset({"tua", "muda", "pastel", "terang", "gelap", "neon", "metalik", "pekat"})
"""After a plain colour these make a shade of it."""
PLAIN = frozenset({"natural", "alami", "doff", "dop", "glossy", "matt", "matte", "sogan", "polos"})
"""After a colour these say how it shines or where it comes from."""
DRAWN = frozenset({"motif", "corak", "gambar"})
"""After these a flower is drawn, and the colour is its own: ``motif bunga biru``."""
OTHER = frozenset({"rasa", "raos", "isi", "bahan", "ukuran", "motif"})
"""These begin to tell something else."""
LONGEST = 3
"""Words of a colour's name."""
UNMARKED = 0.93


def find_colours(text: str) -> tuple[Mention[Said], ...]:
    """Return each colour in its standard spelling, in the text's order."""
    run = run_of(text)
    head = head_of(run)
    edible = None if head is None else head[1]
    found = []
    place, listing = 0, False
    while place < len(run.words):
        term = _at(run, place)
        if term is None and run.folded[place] in MARKERS:
            place, listing = place + 1, True
            continue
        if term is not None and (listing or _stands_alone(run, place, term, edible)):
            name, length = term
            said = Said(name, confidence=0.97 if listing else UNMARKED)
            found.append(Mention(said, run.words[place].start, run.words[place + length - 1].end))
            place, listing = place + length, True
            while place < len(run.words) and run.follows(place) and run.folded[place] in PLAIN:
                place += 1
            continue
        stranger = _stranger(run, place) if listing else None
        listing = listing and (stranger is not None or run.folded[place] in JOINING)
        place = stranger or place + 1
    return tuple(found)


def _stranger(run: Run, place: int) -> int | None:
    """Return the place after a colour that we do not know, where a list goes on after it."""
    if run.folded[place] in JOINING | OTHER or (run.follows(place) and run.before(place) not in MARKERS | JOINING):
        return None
    return run.past_stranger(place, lambda word: _at(run, word) is not None)


def _at(run: Run, place: int) -> tuple[str, int] | None:
    """Return the colour that begins with a word, and its words."""
    end = place + 1
    while end < min(len(run.words), place + LONGEST) and run.follows(end):
        end += 1
    words = tuple(_spelling().get(word, word) for word in run.folded[place:end])
    if len(words) > 1 and words[0] in SHADES and words[1] in load_colours().colour:
        return f"{words[1]} {words[0]}", 2
    ways = (_colours().at(words, 0), _colours().at(run.folded[place:end], 0))
    found = max((way for way in ways if way is not None), key=lambda way: way[1], default=None)
    if found is None:
        return None
    name, length = found
    if length == 1 and len(words) > 1 and words[1] in SHADES:
        return f"{name} {words[1]}", 2
    return found


def _stands_alone(run: Run, place: int, term: tuple[str, int], edible: bool | None) -> bool:
    """Return whether a colour is one without a word that says so."""
    name, length = term
    drawn = run.before(place) in _hosts() and run.before(place - 1) not in DRAWN
    if edible or drawn:
        return False
    colour = load_colours().colour.get(name)
    if length > 1 or colour is None:
        return not _is_eaten(run, place, length)
    if colour.thing:
        return _leads_list(run, place + length, listed=run.before(place) in JOINING)
    return not (colour.taste and edible is None)


def _is_eaten(run: Run, place: int, length: int) -> bool:
    """Return whether a colour's words, without one that is a colour itself, are food: ``telur asin``."""
    words = run.folded[place : place + length]
    return words[0] in load_goods().edible and not any(_colours().at((word,), 0) for word in words)


def _leads_list(run: Run, place: int, *, listed: bool) -> bool:
    """Return whether a list goes on there with what can be nothing but a colour: ``tan - maroon``."""
    if place == len(run.words) or not (PARTED.fullmatch(run.gap(place)) or listed):
        return False
    term = _at(run, place)
    colour = load_colours().colour.get(term[0]) if term else None
    return colour is not None and not colour.thing and not colour.taste


@cache
def _colours() -> Terms:
    names = load_colours().spelt
    spelling = load_colours().spelling.items()
    return Terms({other: names[name] for name, others in spelling for other in others if name in names} | names)


@cache
def _spelling() -> dict[str, str]:
    return {other: standard for standard, others in load_colours().spelling.items() for other in others}


@cache
def _hosts() -> frozenset[str]:
    return frozenset(load_colours().within.hosts)
