"""Guard: what no fact bears out is taken out of a listing's words, whoever wrote them.

Everything is refused that is not known: a sentence stays when each of its figures is a known one, each of its
words claims nothing or is a word of the name or of a fact, and no value stands for another kind of fact.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.fact import FactKind
from models.suggestion import Copy, Removed
from processing.suggest.claims import WORD, find_claim, find_prohibited, plain, words_of
from processing.suggest.known import Known
from processing.suggest.lexicon import NAME, Lexicon, lexicon_of

SIGNS = re.compile(
    r"[\w\s.,;:!?'\"()/&%\N{BULLET}\N{EN DASH}\N{EM DASH}\N{MULTIPLICATION SIGN}\N{RIGHT SINGLE QUOTATION MARK}"
    r"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}-]*"
)
"""Signs that a text may have: a star or a medal is a claim too."""
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
TITLE_PART = re.compile(r"\s*(?:[,;|/(\n)]|\s[\N{EN DASH}\N{EM DASH}-]\s)+\s*")
CUES = {
    r"merek|merk|brand|by|(?:dibuat|dikerjakan|diolah|diproduksi|dijahit|dimasak) oleh": {FactKind.BRAND},
    r"rasa|varian|flavours?": {FactKind.FLAVOUR},
    r"warna|berwarna|colou?rs?": {FactKind.COLOUR},
    r"motif|patterns?": {FactKind.PATTERN},
    r"bahan|berbahan|material|made of|dibuat dari|terbuat dari": {FactKind.MATERIAL},
    r"dari|asal|khas|origin|from|buatan": {FactKind.ORIGIN, FactKind.MATERIAL},
}
"""Words that say which kind of fact comes next."""
NO_MAKER = frozenset(
    {"the", "a", "our", "your", "us", "you", "chat", "message", "mail", "email", "name", "weight", "kami"}
)
"""After a maker's cue these are nobody's name."""
TOKEN = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a phrase that is known."""
AFTER_CUE = tuple(
    (re.compile(rf"(?<!\w)(?:{cue})(?:nya)?(?:\s+|(?<!from)\s*:\s*)({TOKEN}|{WORD.pattern})"), frozenset(kinds))
    for cue, kinds in CUES.items()
)
BEFORE_FLAVOUR = re.compile(rf"({TOKEN}|{WORD.pattern})\s+flavou?r")


@dataclass(frozen=True, slots=True)
class _Judge:
    """Who knows what may be said."""

    lexicon: Lexicon
    known_phrase: re.Pattern[str]
    unparted: re.Pattern[str] | None
    """Values that have a stop inside, which ends no sentence."""
    prohibited: tuple[str, ...]

    @classmethod
    def of(cls, known: Known, prohibited: tuple[str, ...]) -> "_Judge":
        lexicon = lexicon_of(known)
        longest = sorted(lexicon.phrases, key=len, reverse=True)
        pattern = "|".join(map(re.escape, longest)) or r"(?!)"
        stopped = [
            r"\s+".join(map(re.escape, phrase.split())) for phrase in longest if SENTENCE_END.search(phrase)
        ]
        return cls(
            lexicon,
            re.compile(rf"(?<![\w])(?<![\d][.,/])(?:{pattern})(?!\w|[.,/]\d)"),
            re.compile("|".join(stopped), re.IGNORECASE) if stopped else None,
            prohibited,
        )

    def bears_out(self, text: str) -> bool:
        """Return whether everything that a stretch of text says is known."""
        said = plain(text)
        if find_prohibited(said, self.prohibited):
            return False
        if said in self.lexicon.fixed:
            return True
        if not SIGNS.fullmatch(said):
            return False
        kinds: list[frozenset[str]] = []

        def note(match: re.Match[str]) -> str:
            kinds.append(self.lexicon.phrases[match[0]])
            return TOKEN

        rest = self.known_phrase.sub(note, said)
        if find_claim(rest) or any(sign.isdigit() for sign in rest):
            return False
        return all(map(self.lexicon.allows, words_of(rest))) and not self._is_crossed(rest, kinds)

    def _is_crossed(self, rest: str, kinds: list[frozenset[str]]) -> bool:
        """Return whether a value is given out for another kind of fact: a brand's town as the origin."""
        cues = [(match, wanted) for cue, wanted in AFTER_CUE for match in cue.finditer(rest)]
        cues += [(match, frozenset({FactKind.FLAVOUR})) for match in BEFORE_FLAVOUR.finditer(rest)]
        return any(not self._fits(match, kinds, {*wanted, NAME}) for match, wanted in cues)

    def _fits(self, cue: re.Match[str], kinds: list[frozenset[str]], wanted: set[str]) -> bool:
        """Return whether what follows a cue is no other kind's value, and a maker's name is one that is known."""
        word = cue[1]
        if word == TOKEN:
            return bool(kinds[cue.string.count(TOKEN, 0, cue.start(1))] & wanted)
        owners = {kind for kind, words in self.lexicon.of_kind.items() if word in words}
        unnamed = not owners and (FactKind.BRAND not in wanted or word in NO_MAKER)
        return unnamed or bool(owners & wanted)

    def sentences(self, line: str) -> Iterator[str]:
        """Yield a line's sentences."""
        spans = [match.span() for match in self.unparted.finditer(line)] if self.unparted else []
        start = 0
        for stop in SENTENCE_END.finditer(line):
            if not any(first <= stop.start() < last for first, last in spans):
                yield line[start : stop.start()]
                start = stop.end()
        yield line[start:]


def guard(copy: Copy, known: Known, prohibited: tuple[str, ...] = ()) -> tuple[Copy, tuple[Removed, ...]]:
    """Return the words without any claim that nothing known bears out, and what was taken out.

    ``prohibited`` are words that may not stand there though they are true.

    Sentences go as a whole, as do a title's parts and keywords. A title that does not name the product any more is
    the bare name. Doing it twice changes nothing, and it raises nothing, whatever the words are.
    """
    judge = _Judge.of(known, prohibited)
    title, removed = _title(copy.title, known, judge)
    description = _text(copy.description, judge, "description", removed)
    keywords = []
    for keyword in copy.keywords:
        if judge.bears_out(keyword) and words_of(plain(keyword)):
            keywords.append(keyword)
        else:
            removed.append(Removed(field="keywords", claim=keyword))
    alt_text = _text(copy.alt_text, judge, "alt_text", removed)
    kept = Copy(title=title, description=description, keywords=tuple(keywords), alt_text=alt_text)
    return kept, tuple(removed)


def _title(title: str, known: Known, judge: _Judge) -> tuple[str, list[Removed]]:
    if judge.bears_out(title) and _names_it(title, judge):
        return title, []
    parts = [part for part in TITLE_PART.split(title) if part]
    kept = [part for part in parts if judge.bears_out(part)]
    removed = [Removed(field="title", claim=part) for part in parts if not judge.bears_out(part)]
    shorter = ", ".join(kept)
    if judge.bears_out(shorter) and _names_it(shorter, judge):
        return shorter, removed
    return known.name or "", removed or [Removed(field="title", claim=title)] * (title != (known.name or ""))


def _names_it(title: str, judge: _Judge) -> bool:
    return bool(set(words_of(plain(title))) & judge.lexicon.of_kind.get(NAME, frozenset()))


def _text(text: str, judge: _Judge, field: str, removed: list[Removed]) -> str:
    lines = []
    clean = True
    for line in text.split("\n"):
        kept = []
        for sentence in judge.sentences(line):
            if judge.bears_out(sentence):
                kept.append(sentence)
            else:
                clean = False
                removed.append(Removed(field=field, claim=sentence))
        lines.append(" ".join(kept))
    if clean:
        return text
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()
    # What is left may read otherwise than it did: a stop that is gone, two halves of a figure side by side.
    return _text(tidy, judge, field, removed)
