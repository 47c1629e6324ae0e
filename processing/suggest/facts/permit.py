"""Permit: ``P-IRT No. 2063204010012-27``, ``BPOM MD 231610001123``, ``BPOM NA18211200345``."""

import re

from processing.suggest.facts.misread import FIGURE, figures
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention, find_some

NUMBER = rf"{FIGURE}(?:[ .\N{{EN DASH}}-]{{0,2}}{FIGURE})"
PATTERN = re.compile(
    rf"\bS?P{{1,2}}[ .-]{{0,2}}[I1l|][ .]?R[ .]?T\b[ .:]{{0,3}}(?:N[o0O]|Nomor)?[ .:]{{0,4}}"
    rf"(?P<pirt>{NUMBER}{{14}})(?![0-9])"
    rf"|\b(?:BPOM|POM|B\.POM|BP[O0]M)?(?: RI)?[ .:]{{0,3}}\b(?P<kind>M[DL])[ .:]{{0,3}}"
    rf"(?P<food>{NUMBER}{{11}})(?![0-9])"
    rf"|\b(?:BPOM|POM|BP[O0]M)(?: RI)?[ .:]{{0,3}}(?P<region>N[A-E])[ .:]{{0,2}}"
    rf"(?P<beauty>{NUMBER}{{10}})(?![0-9])",
    re.IGNORECASE,
)
HOUSEHOLD, FOOD, BEAUTY = 15, 12, 11
"""Figures of a number."""
PACKAGES = range(1, 9)
"""What a P-IRT number's first figure can be: glass, plastic, paper, tin, foil, other, composite, double."""
FOODS = range(1, 18)
"""Its second and third: the kinds of food that a household may make."""
PROVINCES = frozenset({
    11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73, 74,
    75, 76, 81, 82, 91, 92, 93, 94, 95, 96, 97,
})  # fmt: skip
"""Its fourth and fifth, by the codes of Statistics Indonesia."""


def find_permits(text: str) -> tuple[Mention[Said], ...]:
    """Return each registration whose number has the right form, in the text's order.

    A P-IRT number has fifteen figures: package, kind of food (2), province and regency (4), product (2), maker (4)
    and the year in which it ends (2) [1]_. Of BPOM's, ``MD`` and ``ML`` of food have twelve, a cosmetic's eleven
    after ``NA`` to ``NE``. A number of another form is left out: it is misread, or none.

    References
    ----------
    .. [1] Peraturan Badan Pengawas Obat dan Makanan No. 22 Tahun 2018, Pedoman Pemberian Sertifikat Produksi
       Pangan Industri Rumah Tangga.
    """
    return find_some(PATTERN, text, _read)


def _read(match: re.Match[str]) -> Said | None:
    if match["pirt"]:
        number = figures(match["pirt"])
        return Said(f"P-IRT {number[:13]}-{number[13:]}") if _is_household(number) else None
    if match["food"]:
        number = figures(match["food"])
        return Said(f"BPOM {match['kind'].upper()} {number}") if len(number) == FOOD else None
    number = figures(match["beauty"])
    return Said(f"BPOM {match['region'].upper()}{number}") if len(number) == BEAUTY else None


def _is_household(number: str) -> bool:
    if len(number) != HOUSEHOLD:
        return False
    package, food, province = int(number[0]), int(number[1:3]), int(number[3:5])
    return package in PACKAGES and food in FOODS and province in PROVINCES
