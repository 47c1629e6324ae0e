"""Price in rupiah: ``15rb``, ``15.000``, ``Rp 15.000,-``, ``15k``, ``1,5jt``, ``lima belas ribu``, ``15 rebu``."""

import re
from dataclasses import dataclass
from fractions import Fraction

from processing.suggest.facts.number import DIGITS, ONES, SPACE, SPELT, THOUSANDS, any_of, spelt
from processing.suggest.mention import Mention, find_some

LOWEST, HIGHEST = 100, 1_000_000_000
"""In rupiah; what lies outside is a slip of the finger."""
SCALES = {
    "rb": 1_000, "ribu": 1_000, "rebu": 1_000, "rbu": 1_000, "rban": 1_000, "ribuan": 1_000, "rebuan": 1_000,
    "rw": 1_000, "ewu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000,
    "jt-an": 1_000_000, "jutaan": 1_000_000,
}  # fmt: skip
SLANG = {
    "seribu": 1_000, "sarebu": 1_000, "sewu": 1_000, "seceng": 1_000, "goceng": 5_000, "ceban": 10_000,
    "goban": 50_000, "gocap": 50_000, "cepek ceng": 100_000, "gopek ceng": 500_000, "sejuta": 1_000_000,
    "setengah juta": 500_000, "satengah juta": 500_000, "sajuta": 1_000_000,
    "selawe ewu": 25_000, "seket ewu": 50_000,
}  # fmt: skip
SCALE = any_of(SCALES)
WORD_SCALE = r"(?a:ribu|rebu|rb|ewu|juta|jt)"
NUMBER = rf"{DIGITS}(?:[.,]{DIGITS}){{0,4}}(?![.,]?[0-9])"
CURRENCY = r"(?:rp|idr)\s?\.?\s?"
ONE_WORD = ("seratus", "saratus", "satus", "rongatus", "limangatus")
HUNDREDS = rf"(?:{any_of(ONES)}\s{{0,2}}(?:ratus|atus)|{any_of(ONE_WORD)})\b"
"""After thousands: the ``lima ratus`` of ``sebelas ribu lima ratus``."""
WORDS = (
    rf"{SPELT}\s{{0,2}}{WORD_SCALE}(?:\s{{1,2}}{SPELT}\s{{0,2}}(?:ribu|rebu))?(?:an)?(?:\s{{1,2}}{HUNDREDS})?"
    rf"|(?<!uwun )\b{any_of(SLANG)}(?:an)?(?:\s{{1,2}}{SPELT}\s{{0,2}}(?:ribu|rebu))?"
)
MARK = (
    rf"(?:\b(?:harga(?:nya|na|ne)?|hrg(?:a|nya)?|hargi|regi|rego(?:ne)?|price|cuma(?:n)?|hanya|mung|ngan|saharga"
    rf"|pangaos(?:na)?|pangaosna|dibanderol|htm|hj|jual)\b{SPACE}[.:=@]{{0,2}}{SPACE}(?:{CURRENCY})?|\b{CURRENCY}|@\s?)"
)
UNITS = (
    "pcs|pc|kg|kilo|kilogram|ons|gram|bungkus|bks|biji|bj|botol|btl|toples|lembar|lbr|pasang|psg|ikat|iket|buah|bh"
    "|cup|box|pack|pak|potong|set|ekor|butir|liter|ltr|lusin|kodi|sisir|renteng|sachet|dus|karung|batang|meter|m|stel"
    "|kotak|porsi|tusuk|pouch|kaleng|besek|mika|pot|bal|unit|satuan|orang|gulung|bibit|pohon|polybag"
)
EACH = rf"(?:\s?(?:/|\bper\s?|\bsa|\bse)\s?(?:{UNITS})\b|\s?/\s?nya\b)"
AMOUNT = re.compile(
    rf"(?P<mark>{MARK})?(?:(?:(?<![0-9.,])|(?<=p\.))(?P<number>{NUMBER})(?:\s?(?P<scale>{SCALE})(?:-?an)?|(?<=00)(?P<about>an)\b)?(?!\w)"
    rf"|(?P<words>{WORDS})(?!\w))(?:,-{{1,2}}|,=|\s?rupiah\b|\s?perak\b)?(?:\s?/?\s?{EACH})?",
    re.IGNORECASE,
)
RANGE = re.compile(
    rf"{MARK}?(?:(?<![0-9.,])|(?<=p\.)){NUMBER}\s?{SCALE}?\s?(?:-|\u2013|s/d|sd|sampai|sampe|hingga)\s?"
    rf"(?:{CURRENCY})?{NUMBER}\s?{SCALE}(?!\w)(?:{EACH})?",
    re.IGNORECASE,
)
ROW = re.compile(
    rf"(?<![\w./,])(?P<row>[0-9]{{1,3}}(?:/[0-9]{{1,3}}){{1,4}})\s?(?P<scale>{SCALE})(?!\w)", re.IGNORECASE
)
"""``15/28/55rb``: several prices."""
NUMBER_IN_ROW = re.compile(r"[0-9]+")
DIGITS_SAID = 2
BARE = re.compile(r"[1-9][0-9]{1,4}00")
YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Price:
    """What a stretch of text says of the price."""

    rupiah: int | None
    """``None`` where a price is meant but cannot be told: ``10-15rb``, ``15.000rb``, ``harga 15``."""
    marked: bool
    """True where ``Rp``, ``rb``, ``harga`` or digits in groups show that it is money."""


def find_prices(text: str) -> tuple[Mention[Price], ...]:
    """Return each price in the text's order; weights, counts and telephone numbers are to be blanked before."""
    ranges = [Mention(Price(None, marked=True), *match.span()) for match in RANGE.finditer(text)]
    rows = [
        Mention(Price(_within(_value(number[0], False, match["scale"])), marked=True), *number.span())
        for match in ROW.finditer(text)
        for number in NUMBER_IN_ROW.finditer(text, *match.span("row"))
    ]
    taken = {place for mention in (*ranges, *rows) for place in range(mention.start, mention.end)}
    amounts = [
        mention
        for mention in find_some(AMOUNT, text, _read)
        if not taken.intersection((mention.start, mention.end - 1))
    ]
    return tuple(sorted(ranges + rows + amounts, key=lambda mention: mention.start))


def _read(match: re.Match[str]) -> Price | None:
    """Return the price of one match, or ``None`` where the number is something else."""
    mark, number, scale = match["mark"], match["number"], match["scale"]
    if match["words"]:
        return Price(_within(_in_words(match["words"].casefold())), marked=True)
    before = match.string[max(0, match.start() - 1) : match.start()]
    if mark is None and before.isalpha():
        return None
    grouped = re.sub(r"[.,]00$", "", number) if number.count(".") + number.count(",") > 1 else number
    thousands = THOUSANDS.fullmatch(grouped) is not None
    if mark or scale or thousands:
        return Price(_within(_value(grouped, thousands, scale)), marked=True)
    if match["about"] and number.isdecimal() and int(number) not in YEARS:
        return Price(_within(Fraction(number)), marked=True)
    around = match.string[match.end("number") : match.end("number") + 1].isalpha()
    if BARE.fullmatch(number) and not around and int(number) not in YEARS and before not in ("-", "/"):
        return Price(_within(Fraction(number)), marked=False)
    return None


def _value(number: str, thousands: bool, scale: str | None) -> Fraction | None:
    if thousands:
        return None if scale else Fraction(re.sub(r"[.,]", "", number))
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", number) is None:
        return None
    return Fraction(number.replace(",", ".")) * (SCALES[scale.casefold()] if scale else 1)


def _in_words(words: str) -> Fraction | None:
    """Return the sum of a price in words, the millions first."""
    total, rest = 0, " ".join(words.split())
    for name, rupiah in sorted(SLANG.items(), key=lambda pair: -len(pair[0])):
        if rest.startswith(name):
            total, rest = rupiah, rest[len(name) :]
            break
    for part in re.finditer(rf"({SPELT})\s?({WORD_SCALE})", rest):
        number = spelt(part[1]) or _digits_in_words(part[1])
        if number is None:
            return None
        total += number * SCALES[part[2]]
    hundreds = re.search(rf"(?<=\s){HUNDREDS}$", rest)
    return Fraction(total + (spelt(hundreds[0]) or 0 if hundreds else 0))


def _digits_in_words(words: str) -> int | None:
    """Return 25 for ``dua lima``."""
    digits = [ONES.get(word) for word in words.split()]
    return 10 * digits[0] + digits[1] if len(digits) == DIGITS_SAID and digits[0] and digits[1] else None


def _within(value: Fraction | None) -> int | None:
    return int(value) if value is not None and value.denominator == 1 and LOWEST <= value <= HIGHEST else None
