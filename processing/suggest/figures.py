"""Figures: every way in which a text may write a figure that is known, and no other."""

import re
from collections.abc import Iterator
from fractions import Fraction

from models.fact import Fact, FactKind
from processing.suggest.claims import plain
from processing.suggest.write.value import tell

GRAMS = {
    "g": 1,
    "gr": 1,
    "gram": 1,
    "grams": 1,
    "kg": 1000,
    "kilo": 1000,
    "kilogram": 1000,
    "kilograms": 1000,
    "ons": 100,
}
MILLILITRES = {"ml": 1, "mililiter": 1, "millilitres": 1, "l": 1000, "liter": 1000, "litre": 1000, "litres": 1000}
THOUSANDS = {"rb": 1000, "ribu": 1000, "k": 1000, "jt": 1_000_000, "juta": 1_000_000}
MEASURE = re.compile(r"(?P<number>\d+(?:[.,]\d+)?|\d+/\d+) (?P<unit>[a-z]+)")
MOST_DECIMALS = 3


def figure_phrases(fact: Fact) -> Iterator[str]:
    """Yield, in plain form, each way to write a fact's value, in either language."""
    for told in dict.fromkeys((fact.value, tell(fact, "id"), tell(fact, "en"))):
        text = plain(told)
        yield text
        yield re.sub(r"(?<=\d) (?=[a-z]+$)", "", text)
    match fact.kind:
        case FactKind.PRICE if fact.value.isdigit():
            yield from _prices(int(fact.value))
        case FactKind.WEIGHT:
            yield from _measures(fact, GRAMS)
        case FactKind.VOLUME:
            yield from _measures(fact, MILLILITRES)
        case FactKind.DIMENSION:
            yield re.sub(r"^(\D*\w) (?=\d)", r"\1nya ", plain(fact.value))
            yield plain(fact.value).replace(" x ", "x")
            yield plain(fact.value).replace(" x ", " \N{MULTIPLICATION SIGN} ")
        case FactKind.COUNT if fact.amount is not None and fact.amount == int(fact.amount):
            number = int(fact.amount)
            if fact.value.split()[-1:] == [str(number)] or " pcs" in f" {fact.value}":
                yield from (f"{number} pcs", f"{number} pieces", f"isi {number}", f"pack of {number}")


def _prices(rupiah: int) -> Iterator[str]:
    dotted = f"{rupiah:,}".replace(",", ".")
    for number in (str(rupiah), dotted, f"{rupiah:,}"):
        yield from (f"rp{number}", f"rp {number}", f"rp. {number}", f"idr {number}", f"{number} rupiah")
    for word, size in THOUSANDS.items():
        for number in _numbers(Fraction(rupiah, size)):
            yield from (f"{number}{word}", f"{number} {word}", f"rp{number} {word}", f"rp {number} {word}")


def _measures(fact: Fact, sizes: dict[str, int]) -> Iterator[str]:
    found = MEASURE.fullmatch(plain(fact.value))
    if found is None or found["unit"] not in sizes:
        return
    base = Fraction(found["number"].replace(",", ".")) * sizes[found["unit"]]
    for unit, size in sizes.items():
        for number in _numbers(base / size):
            yield from (f"{number} {unit}", f"{number}{unit}")


def _numbers(value: Fraction) -> Iterator[str]:
    """Yield a number with decimal comma and with decimal point, where it has few decimals."""
    if value.denominator == 1:
        yield str(value.numerator)
    elif (value * 10**MOST_DECIMALS).denominator == 1 and value >= Fraction(1, 10):
        decimal = f"{float(value):.{MOST_DECIMALS}f}".rstrip("0")
        yield from (decimal, decimal.replace(".", ","))
