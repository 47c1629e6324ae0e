"""Brand: ``merk "Teh Rini"``, ``merek Kopi Mbah Darmo``, ``cap Jempol``, ``by Dapur Umi``, ``Sambal Bu Tini``."""

import re
from functools import cache

from config.brands import load_brands
from config.places import load_places
from processing.suggest.casing import title_case
from processing.suggest.facts.said import Said
from processing.suggest.facts.terms import Run, run_of
from processing.suggest.mention import Mention

QUOTED = re.compile(
    r"(?<!\w)[\"'\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}]"
    r"([^\W_][^\n\"\N{RIGHT DOUBLE QUOTATION MARK}]{0,39}?)"
    r"[\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}](?!\w)"
)
GROUPS = frozenset({"ud", "cv", "kwt", "pkk", "poktan", "umkm"})
"""Before a name these make a brand of it wherever it stands."""
MOST_WORDS, MOST_TITLES = 4, 2
STAMP, BY, CLOTH = "cap", "by", "batik"
SURE, LIKELY, MAYBE = 0.97, 0.92, 0.85


def find_brands(text: str) -> tuple[Mention[Said], ...]:
    """Return each brand in title case, in the text's order."""
    run = run_of(text)
    quoted = {match.start(): match for match in QUOTED.finditer(text)}
    found: list[Mention[Said]] = []
    place = 0
    while place < len(run.words):
        mention = (
            _marked(run, place, quoted) or _stamped(run, place) or _made_by(run, place) or _persons(run, place)
        )
        if mention is None:
            place += 1
            continue
        found.append(mention)
        while place < len(run.words) and run.words[place].start < mention.end:
            place += 1
    found += [
        Mention(Said(_write(match[1]), confidence=MAYBE), *match.span())
        for match in quoted.values()
        if _is_written_as_name(match[1])
        and not _is_on_goods(run, match.start())
        and not any(one.start < match.end() and match.start() < one.end for one in found)
    ]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _marked(run: Run, place: int, quoted: dict[int, re.Match[str]]) -> Mention[Said] | None:
    """Return the name after ``merk``: in quotation marks, or up to where the sentence goes on."""
    if (
        run.folded[place] not in _words("marker")
        or run.before(place) in _words("none")
        or place + 1 == len(run.words)
    ):
        return None
    start = run.words[place].start
    first = run.words[place + 1].start
    for opening in range(first - 1, max(run.words[place].end - 1, first - 3), -1):
        if opening in quoted:
            return Mention(Said(_write(quoted[opening][1]), confidence=SURE), start, quoted[opening].end())
    if run.gap(place + 1).strip(" :=.*_"):
        return None
    end = _end(run, place + 1)
    return _mention(run, start, place + 1, end, SURE) if end > place + 1 else None


def _stamped(run: Run, place: int) -> Mention[Said] | None:
    """Return ``cap`` and what follows, unless cloth is printed so."""
    if run.folded[place] != STAMP or run.before(place) in _words("printed") or _prints_cloth(run, place):
        return None
    end = _end(run, place + 1) if place + 1 < len(run.words) and run.follows(place + 1) else place
    return _mention(run, run.words[place].start, place, end, LIKELY) if end > place + 1 else None


def _prints_cloth(run: Run, place: int) -> bool:
    """Return whether batik is named before ``cap``, and no name is written after it."""
    after = place + 1
    named = after < len(run.words) and run.words[after].text.istitle()
    return CLOTH in run.folded[:place] and not named


def _made_by(run: Run, place: int) -> Mention[Said] | None:
    if run.folded[place] != BY or place + 1 == len(run.words) or run.gap(place + 1).strip(" .:"):
        return None
    end = _end(run, place + 1)
    return _mention(run, run.words[place].start, place + 1, end, LIKELY) if end > place + 1 else None


def _persons(run: Run, place: int) -> Mention[Said] | None:
    """Return a person's name with her title, both in capitals, where a product is named just before."""
    alone = run.folded[place] not in GROUPS and not run.before(place)
    if alone or run.before(place) in _words("talk") or run.shouted:
        return None
    end = place
    while (
        end < min(len(run.words), place + MOST_TITLES)
        and _is_title(run, end)
        and (end == place or run.follows(end))
    ):
        end += 1
    titles = end
    while end < len(run.words) and end < titles + 2 and run.follows(end) and _is_capital(run, end):
        end += 1
    if end > titles + 1 and run.folded[end - 1] in load_places().spelt:
        end -= 1
    if titles in (end, place):
        return None
    return _mention(run, run.words[place].start, place, end, MAYBE)


def _is_title(run: Run, place: int) -> bool:
    return run.folded[place] in _words("title") and run.words[place].text[0].isupper()


def _is_capital(run: Run, place: int) -> bool:
    text = run.words[place].text
    return text[0].isupper() and text.isalpha() and run.folded[place] not in _words("stop")


def _end(run: Run, place: int) -> int:
    """Return the place after the last word of a name that begins at a place: at most four, up to a stop."""
    end = place
    while end < len(run.words) and end < place + MOST_WORDS:
        named = run.words[place].text[0].isupper()
        stops = run.folded[end] in _words("stop") and not (named and run.words[end].text.istitle())
        capital_ends = named and run.words[end].text.islower()
        if (
            stops
            or not run.words[end].text[0].isalnum()
            or (end > place and (capital_ends or not run.follows(end)))
        ):
            break
        end += 1
    return end


def _mention(run: Run, start: int, place: int, end: int, confidence: float) -> Mention[Said]:
    words = [word.text for word in run.words[place:end]]
    return Mention(Said(title_case(words), confidence=confidence), start, run.words[end - 1].end)


def _write(name: str) -> str:
    return title_case(name.split())


def _is_on_goods(run: Run, start: int) -> bool:
    """Return whether the word before quotation marks says that what they hold is written on the goods."""
    before = [place for place, word in enumerate(run.words) if word.end <= start]
    return bool(before) and run.folded[before[-1]] in _words("written")


def _is_written_as_name(name: str) -> bool:
    words = name.split()
    return len(words) <= MOST_WORDS and all(word[0].isupper() for word in words)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(getattr(load_brands(), name))
