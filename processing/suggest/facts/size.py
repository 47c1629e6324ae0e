"""Size of garments and shoes: ``uk. L``, ``ukuran 38-42``, ``size S, M, L``, ``all size``."""

import re
from functools import cache

from config.goods import load_goods
from processing.suggest.facts.number import SPACE
from processing.suggest.facts.said import Said
from processing.suggest.facts.terms import run_of
from processing.suggest.mention import Mention, find_some

LETTER = r"(?a:XXS|XS|S|M|L|X{1,4}L|[2-6]XL)\b"
NOT_MONEY = r"\b(?![.,]?[0-9])(?!\s{0,3}(?:rb|rban|ribu|ribuan|rebu|k|jt|juta|cm|gr|gram|kg|ml)\b)"
NOT_MONEY += r"(?!(?:[\s,/-]{1,3}[0-9]{1,3}){1,5}\s?cm\b)"
LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "XXXXL")
SHOE = rf"[2-4][0-9]{NOT_MONEY}"
TWO = rf"[2-6][0-9]{NOT_MONEY}"
ONE = rf"(?:{LETTER}|[0-9]{{1,2}}{NOT_MONEY})"
TO = (
    r"(?:\s{0,3}[-\N{EN DASH}~]\s{0,3}|\s{1,3}"
    r"(?:sampai|sampe|smp|hingga|sd|s/d|s\.d\.?|ke|to|(?:nepi|dugi|tepi)\s?ka)\s{1,3}|s/d)"
)
AND = r"(?:\s{0,3}[,/&+]\s{0,3}(?:dan\s{1,3}|&\s{0,3})?|\s{1,3}(?:dan|sama|jeung|sareng|atau|or)\s{1,3})"
LABEL = r"\b(?:ukuran(?:nya)?|ukurane|uk|ukr|size(?:nya)?|sz)\b"
FOR = (
    r"(?:(?:ready|tersedia|ada|anak|dewasa|wanita|pria|cewek|cowok|sepatu|kaki|baju|celana|kepala|mulai|dari)"
    r"\s{1,3})?"
)
LASTING = r"(?<!tahan )(?<!awet )(?<!garansi )(?<!selama )(?<!sampai )(?<!simpan )"
GROWING = re.compile(r"(?:usia|umur)\s{1,3}$", re.IGNORECASE)
"""Before an age that only clothes have as a size: seedlings and toys have one too."""
ROW = (
    r"(?:[0-9]{1,2}(?:,[0-9]{1,2}){2,9}|[2-4][0-9](?:,[2-4][0-9]){1,9})\b"
    r"(?![.,]?[0-9])(?!\s{0,3}(?:rb|ribu|rebu|k|jt)\b)"
)
"""Numbers between commas without spaces."""
NUMBERED = rf"(?:[2-9]|[1-4][0-9]){NOT_MONEY}"
YEARS = r"(?:\s?(?P<years>th|thn|tahun|taun|bln|bulan)\b)?"
PATTERN = re.compile(
    rf"{LABEL}{SPACE}[.:=]?{SPACE}{FOR}(?P<sizes>"
    rf"{LETTER}(?:\s{{1,3}}{LETTER}){{1,9}}|{TWO}(?:\s{{1,3}}{TWO}){{1,9}}"
    rf"|{ROW}|{ONE}(?:(?:{TO}|{AND}){ONE}){{0,9}}){YEARS}"
    rf"|(?<![\w.,/-])(?P<bare>{LETTER}(?:(?:{TO}|{AND}|\s{{1,3}}){LETTER}){{1,9}})"
    rf"|\b(?:no|nomor|nomer|nmr)\b{SPACE}[.:=]?{SPACE}{FOR}"
    rf"(?P<shoes>{ROW}|{NUMBERED}(?:(?:{TO}|{AND}|\s{{1,2}}){NUMBERED}){{0,9}})"
    rf"|(?<![\w.,/x*-])(?P<feet>{SHOE}{TO}{SHOE}|{SHOE}(?:(?:{AND}|\s{{1,2}}){SHOE}){{2,9}})"
    rf"|(?<![\w.,/+-])(?P<single>(?a:X{{1,4}}L|[2-6]XL))\b"
    rf"|{LASTING}\b(?P<age>[0-9]{{1,2}}{SPACE}-{SPACE}[0-9]{{1,2}})\s?(?P<lived>th|thn|tahun|taun|bln|bulan)\b"
    r"|\b(?P<all>all?\s?size|allsize|free\s?size|one\s?size)\b",
    re.IGNORECASE,
)
PARTS = re.compile(rf"(?P<size>{LETTER}|[0-9]{{1,2}})|(?P<to>{TO})", re.IGNORECASE)
ALL = "all size"
SPOKEN = 3
"""So many sizes in small letters are a row, fewer may be words."""
AGE_UNITS = {"th": "tahun", "thn": "tahun", "tahun": "tahun", "taun": "tahun", "bln": "bulan", "bulan": "bulan"}


def find_sizes(text: str) -> tuple[Mention[Said], ...]:
    """Return each size or row of sizes as ``S, M, L`` or ``38-42``, in the text's order."""
    found = find_some(PATTERN, text, _read)
    told = {each for mention in found for each in _each(mention.value.value) if mention.value.value != each}
    fits_all = any(mention.value.value == ALL for mention in found)
    return tuple(
        mention
        for mention in found
        if mention.value.value not in told and not (fits_all and mention.value.value in LETTERS)
    )


def _each(value: str) -> set[str]:
    """Return the sizes of a row or range, each by itself."""
    each: set[str] = set()
    for part in value.split(", "):
        first, _, last = part.partition("-")
        ends = [LETTERS.index(end) for end in (first, last) if end in LETTERS]
        each |= set(LETTERS[ends[0] : ends[-1] + 1]) if ends else {part}
    return each


def _needs_wearer(match: re.Match[str]) -> bool:
    """Return whether what was found is a size only where something worn is sold: a bare XL, a number."""
    if match["bare"]:
        return not match["bare"].isupper()
    grows = match["age"] and GROWING.search(match.string, 0, match.start())
    return bool(match["single"] or match["shoes"] or match["feet"] or grows)


def _is_worn(text: str) -> bool:
    return not _worn().isdisjoint(run_of(text).folded)


@cache
def _worn() -> frozenset[str]:
    return frozenset(load_goods().worn)


def _read(match: re.Match[str]) -> Said | None:
    if match["all"]:
        return Said(ALL)
    if _needs_wearer(match) and not _is_worn(match.string):
        return None
    if match["age"]:
        return Said(f"{''.join(match['age'].split())} {AGE_UNITS[match['lived'].casefold()]}")
    bare = match["bare"]
    if bare and not bare.isupper() and len(PARTS.findall(bare)) < SPOKEN:
        return None
    value = ""
    for part in PARTS.finditer(match["sizes"] or bare or match["shoes"] or match["feet"] or match["single"]):
        if part["to"]:
            value += "-"
        else:
            value += ("" if not value or value.endswith("-") else ", ") + part["size"].upper()
    years = f" {AGE_UNITS[match['years'].casefold()]}" if match["years"] else ""
    return Said(value.removesuffix("-") + years)
