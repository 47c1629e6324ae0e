"""Price in rupiah: ``15rb``, ``15.000``, ``Rp 15.000,-``, ``15k``, ``1,5jt``, ``harga 15000``."""

import re
from dataclasses import dataclass
from fractions import Fraction

from processing.suggest.mention import Mention
from processing.suggest.number import DIGITS, SPACE, THOUSANDS, any_of

LOWEST, HIGHEST = 100, 1_000_000_000
"""In rupiah; what lies outside is a slip of the finger."""
SCALES = {"rb": 1_000, "ribu": 1_000, "rebu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}
SCALE = any_of(SCALES)
NUMBER = rf"{DIGITS}(?:[.,]{DIGITS}){{0,4}}(?![.,]?\d)"
CURRENCY = r"(?:rp|idr)\s?\.?\s?"
MARK = rf"(?:\b(?:harga(?:nya)?|hrg|price|cuma|hanya)\b{SPACE}[:=@]?{SPACE}(?:{CURRENCY})?|\b{CURRENCY}|@\s?)"
UNITS = "pcs|kg|kilo|ons|bungkus|bks|biji|botol|btl|toples|lembar|pasang|ikat|buah|cup|box|pack|pak"
EACH = rf"(?:\s?(?:/|\bper\b)\s?(?:{UNITS})\b)"
AMOUNT = re.compile(
    rf"(?P<mark>{MARK})?(?<![\d.,])(?P<number>{NUMBER})(?:\s?(?P<scale>{SCALE})(?:-?an)?)?(?!\w)(?:,-{{1,2}}|,=)?{EACH}?",
    re.IGNORECASE,
)
RANGE = re.compile(
    rf"{MARK}?(?<![\d.,]){NUMBER}\s?{SCALE}?\s?(?:-|\u2013|s/d|sd|sampai)\s?"
    rf"(?:{CURRENCY})?{NUMBER}\s?{SCALE}(?!\w){EACH}?",
    re.IGNORECASE,
)
BARE = re.compile(r"[1-9]\d{1,4}00")
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
    taken = {place for mention in ranges for place in range(mention.start, mention.end)}
    amounts = [
        Mention(price, *match.span())
        for match in AMOUNT.finditer(text)
        if match.start("number") not in taken and (price := _read(match, text)) is not None
    ]
    return tuple(sorted(ranges + amounts, key=lambda mention: mention.start))


def _read(match: re.Match[str], text: str) -> Price | None:
    """Return the price of one match, or ``None`` where the number is something else."""
    mark, number, scale = match["mark"], match["number"], match["scale"]
    if mark is None and match.start() and text[match.start() - 1].isalpha():
        return None
    grouped = re.sub(r"[.,]00$", "", number) if number.count(".") + number.count(",") > 1 else number
    thousands = THOUSANDS.fullmatch(grouped) is not None
    if mark or scale or thousands:
        return Price(_within(_value(grouped, thousands, scale)), marked=True)
    if BARE.fullmatch(number) and int(number) not in YEARS and not text[: match.start()].endswith(("-", "/")):
        return Price(_within(Fraction(number)), marked=False)
    return None


def _value(number: str, thousands: bool, scale: str | None) -> Fraction | None:
    if thousands:
        return None if scale else Fraction(re.sub(r"[.,]", "", number))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", number) is None:
        return None
    return Fraction(number.replace(",", ".")) * (SCALES[scale.casefold()] if scale else 1)


def _within(value: Fraction | None) -> int | None:
    return int(value) if value is not None and value.denominator == 1 and LOWEST <= value <= HIGHEST else None
