"""Flavour: ``rasa balado, keju``, ``keripik pisang coklat``, ``basreng pedas daun jeruk``."""

import re
from functools import cache
from itertools import pairwise

from config.flavours import load_flavours
from processing.suggest.facts.edible import head_of
from processing.suggest.facts.said import Said
from processing.suggest.facts.terms import AND, PARTED, Run, Terms, phrases, run_of
from processing.suggest.mention import Mention

JOINING = AND | {"ono", "terus", "sm", "ama", "ambi"}
WORDS_BETWEEN = "|".join(sorted(JOINING - {"&", "ada", "aya", "yaitu"}))
LISTED = re.compile(
    rf"\s{{0,24}}(?:[,/+&;]|\b(?:{WORDS_BETWEEN})\b|\n[-*\N{{BULLET}}\s]{{0,4}})\s{{0,4}}", re.IGNORECASE
)
TASTE = re.compile(r"pedas|asin|balado|keju|original|barbekyu|rumput laut")
STOP = re.compile(r"[,.;/\n]\s{0,4}$")
FIGURE = "   "
"""What a figure leaves that was read before."""
LONGEST = 4
"""Words of a flavour's name."""
OPENING = re.compile(r"(?:[(:]|\n\s?[-*\N{BULLET}\N{WHITE HEAVY CHECK MARK}])\s{0,3}$")
SEVERAL = frozenset({"aneka", "macam", "macam-macam", "rupa-rupa", "paket"})
PAIR = 2
MIXED, CONTENTS = "mix", "isi"
"""Beside another flavour the first is none of its own; after the second it says that there is some of each."""
UNMARKED = 0.93

Part = tuple[str, int, int]
"""A flavour's name, its first word's place, and the place after its last."""


def find_flavours(text: str) -> tuple[Mention[Said], ...]:
    """Return each flavour by its standard name, in the text's order; what is not eaten has none."""
    run = run_of(text)
    head = head_of(run)
    if head is not None and not head[1]:
        return ()
    parts, listed, place, listing = list[Part](), set[Part](), 0, False
    while place < len(run.words):
        marker = _marker(run, place, parts, head)
        row = [] if marker else _row(run, place)
        listing = listing or (bool(row) and _opens_list(run, row, head))
        if marker:
            place, listing = place + marker, True
        elif row:
            place = row[-1][2]
            row = _joined(row, listing) if len(row) == PAIR else row
            row = [part for part in row if part[0] != MIXED] or row
            parts += row
            listed |= set(row) if listing else set()
        else:
            stranger = _stranger(run, parts, place) if listing else None
            listing = listing and (
                stranger is not None or run.folded[place] in JOINING or run.folded[place].isdecimal()
            )
            place = stranger or place + 1
    past = [part for part in parts if part in listed or _is_past(run, part, head)]
    plain = set() if head is None else {part for part in past if _is_plain(run, part, head[0])}
    plain |= _choices(run, parts)
    told = _with_neighbours(run, past, plain) | listed
    if told and head is not None and _foods().at(run.folded, head[0]) is not None:
        told |= {part for part in past if _is_item(run, part)}
    return tuple(
        _mention(run, part, 0.97 if part in listed else UNMARKED)
        for part in parts
        if part in told and not (part[0] == MIXED and run.before(part[1]) == CONTENTS)
    )


def _choices(run: Run, parts: list[Part]) -> set[Part]:
    """Return those of two in one list, of which one can be nothing but a taste, whatever the food is."""
    found = set[Part]()
    flavours = load_flavours().flavour
    for one, other in pairwise(parts):
        between = run.text[run.words[one[2] - 1].end : run.words[other[1]].start]
        plain = all(name not in flavours or flavours[name].plain for name, *_ in (one, other))
        if plain and LISTED.fullmatch(between) and any(TASTE.search(name) for name, *_ in (one, other)):
            found |= {one, other}
    return found


def _with_neighbours(run: Run, parts: list[Part], plain: set[Part]) -> set[Part]:
    """Add what stands in one list with a flavour: the sweet of ``manis / asin / pedas``."""
    told = set(plain)
    for row in (parts, parts[::-1]):
        for one, other in pairwise(row):
            first, second = sorted((one, other), key=lambda part: part[1])
            between = run.text[run.words[first[2] - 1].end : run.words[second[1]].start]
            whole = FIGURE not in between or other[2] == len(run.words) or not run.follows(other[2])
            if one in told and whole and LISTED.fullmatch(between):
                told.add(other)
    return told


def _opens_list(run: Run, row: list[Part], head: tuple[int, bool] | None) -> bool:
    """Return whether a bracket or a colon opens a list of flavours there: ``dimsum isi 12 (ayam, udang)``.

    What ``aneka`` announces are goods of several kinds.
    """
    after = row[-1][2]
    opened = head is not None and head[0] < row[0][1] and OPENING.search(run.gap(row[0][1])) is not None
    listed = after < len(run.words) and PARTED.fullmatch(run.gap(after)) is not None and bool(_row(run, after))
    opened = opened or _is_choice(run, row, head) or _fits_carrier(run, row, head)
    return opened and (listed or len(row) > PAIR) and SEVERAL.isdisjoint(run.folded)


def _fits_carrier(run: Run, row: list[Part], head: tuple[int, bool] | None) -> bool:
    """Return whether but figures part a list from a food that is called after its flavour."""
    start = row[0][1]
    if head is None or not run.text.startswith(FIGURE, run.words[start].start - len(FIGURE)):
        return False
    behind = range(max(0, start - LONGEST), start)
    own = not run.gap(start).strip() and any(
        found[1] == start - place for place in behind if (found := _carriers().at(run.folded[:start], place))
    )
    return own or _carriers().at(run.folded, head[0]) is not None


def _is_choice(run: Run, row: list[Part], head: tuple[int, bool] | None) -> bool:
    """Return whether three alternatives follow a food straight away: ``rempeyek kacang / teri / rebon``."""
    own = None if head is None else _foods().at(run.folded, head[0])
    if head is None or own is None or row[0][1] != head[0] + own[1]:
        return False
    after = row[-1][2]
    second = _row(run, after) if after < len(run.words) and run.gap(after).strip() == "/" else []
    return bool(second) and second[-1][2] < len(run.words) and run.gap(second[-1][2]).strip() == "/"


def _stranger(run: Run, parts: list[Part], place: int) -> int | None:
    """Return the place after a flavour that we do not know, where a list goes on after it."""
    if run.folded[place] in JOINING or _after_known(run, parts, place):
        return None
    return run.past_stranger(place, lambda word: bool(_row(run, word)))


def _after_known(run: Run, parts: list[Part], place: int) -> bool:
    """Return whether a word goes on from a flavour, as ``sekali`` does in ``pedas sekali``."""
    return bool(parts) and parts[-1][2] == place and run.follows(place)


def _marker(run: Run, place: int, parts: list[Part], head: tuple[int, bool] | None) -> int:
    """Return how many words say from a place on that flavours follow; 0 where none does."""
    found = _markers().at(run.folded, place)
    if found or run.folded[place] not in load_flavours().about.filled:
        return found[1] if found else 0
    if _sauces().at(run.folded, place) is not None:
        return 0
    again = bool(parts) and parts[-1][2] == place and PARTED.fullmatch(run.gap(place)) is not None
    return int(again or _foods().at((run.before(place),), 0) is not None or _is_filled(run, place, head))


def _is_filled(run: Run, place: int, head: tuple[int, bool] | None) -> bool:
    """Return whether a named filling follows ``isi``, somewhere after a food: ``pastel mini isi abon``."""
    food = head is not None and head[0] < place and _foods().at(run.folded, head[0]) is not None
    return food and place + 1 < len(run.words) and run.follows(place + 1) and bool(_row(run, place + 1))


def _row(run: Run, place: int) -> list[Part]:
    """Return the flavours that stand side by side from a place on."""
    row: list[Part] = []
    while place < len(run.words) and (not row or run.follows(place)):
        end = place + 1
        while end < min(len(run.words), place + LONGEST) and run.follows(end):
            end += 1
        found = _flavours().at(run.folded[place:end], 0)
        if found is None:
            break
        row.append((found[0], place, place + found[1]))
        place += found[1]
    return row


def _joined(row: list[Part], listing: bool) -> list[Part]:
    """Make one flavour of two of which one only says how strong or sweet the other is."""
    (first, start, _), (second, _, end) = row
    flavours = load_flavours().flavour
    if "original" in (first, second) or not (flavours[first].joins or flavours[second].joins):
        return row
    if not listing and not (flavours[first].plain and flavours[second].plain):
        return row
    name = f"{first} {second}"
    return [(load_flavours().spelt.get(name, name), start, end)]


def _is_plain(run: Run, part: Part, head: int) -> bool:
    """Return whether a flavour beside a food needs no word that says so."""
    name, start, _ = part
    about, flavours = load_flavours().about, load_flavours().flavour
    hosted = run.before(start) in about.hosts and " " not in name
    own = _foods().at(run.folded, head)
    if hosted or run.before(start) in about.praise:
        return False
    plain = name not in flavours or flavours[name].plain
    if _is_carried(run, part):
        return True
    intense = part[2] < len(run.words) and run.folded[part[2]] in about.intense and run.follows(part[2])
    return (plain or intense) and own is not None


def _is_item(run: Run, part: Part) -> bool:
    """Return whether a flavour is all that stands between two figures or stops: ``original 12rb, keju 15rb``."""
    _, start, end = part
    return STOP.search(run.gap(start)) is not None and run.text.startswith(FIGURE, run.words[end - 1].end)


def _is_past(run: Run, part: Part, head: tuple[int, bool] | None) -> bool:
    """Return whether a flavour comes after the name of the food, which may be one itself: ``nastar``."""
    if head is None:
        return True
    own = _foods().at(run.folded, head[0])
    return part[1] >= head[0] + (own[1] if own else 1)


def _is_carried(run: Run, part: Part) -> bool:
    """Return whether a flavour follows a food that is called after its flavour, with at most a word between."""
    name, start, _ = part
    if name in load_flavours().about.common:
        return False
    for carrier in range(start - 1, max(-1, start - 2 - LONGEST), -1):
        if not run.follows(carrier + 1):
            return False
        found = _carriers().at(run.folded, carrier)
        if found is not None and carrier + found[1] in (start, start - 1):
            return True
    return False


def _mention(run: Run, part: Part, confidence: float) -> Mention[Said]:
    name, start, end = part
    return Mention(Said(name, confidence=confidence), run.words[start].start, run.words[end - 1].end)


@cache
def _flavours() -> Terms:
    return Terms(load_flavours().spelt)


@cache
def _markers() -> Terms:
    return phrases(load_flavours().about.after)


@cache
def _carriers() -> Terms:
    return phrases(load_flavours().about.carriers)


@cache
def _foods() -> Terms:
    return phrases(load_flavours().about.foods)


@cache
def _sauces() -> Terms:
    return phrases(load_flavours().about.sauces)
