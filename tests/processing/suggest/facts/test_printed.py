"""Permit, halal and expiry: what is printed on packages, as people and readers of photos write it."""

from collections.abc import Callable

import pytest

from processing.suggest.facts.expiry import find_expiries
from processing.suggest.facts.halal import find_halal
from processing.suggest.facts.permit import find_permits
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention

Find = Callable[[str], tuple[Mention[Said], ...]]


@pytest.mark.parametrize(
    ("find", "text", "values"),
    [
        (find_permits, "P-IRT No. 2063204010012-27", ["P-IRT 2063204010012-27"]),
        (find_permits, "PIRT: 206 3204 01 0012 27", ["P-IRT 2063204010012-27"]),
        (find_permits, "P-lRT No 2O632O4O1OOI2-27", ["P-IRT 2063204010012-27"]),
        (find_permits, "P-IRT 9063204010012-27", []),
        (find_permits, "P-IRT 2993204010012-27", []),
        (find_permits, "P-IRT 2069904010012-27", []),
        (find_permits, "P-IRT 206320401", []),
        (find_permits, "sudah ada P-IRT", []),
        (find_permits, "BPOM RI MD 231610001123", ["BPOM MD 231610001123"]),
        (find_permits, "ML 23161OOO1123", ["BPOM ML 231610001123"]),
        (find_permits, "MD 2316100011", []),
        (find_permits, "BPOM NA18211200345", ["BPOM NA18211200345"]),
        (find_halal, "HALAL", ["halal"]),
        (find_halal, "halal ID32110000123450622", ["halal ID32110000123450622"]),
        (find_halal, "Halal MUI 01234567890123", ["halal 01234567890123"]),
        (find_halal, "belum halal", []),
        (find_halal, "halalbihalal", []),
        (find_expiries, "EXP 12/08/2027", ["12 Agustus 2027"]),
        (find_expiries, "Baik digunakan sebelum: Agustus 2027", ["Agustus 2027"]),
        (find_expiries, "ED I2.O8.27", ["12 Agustus 2027"]),
        (find_expiries, "exp 31/02/2027", []),
        (find_expiries, "exp 13/2027", []),
        (find_expiries, "tahan sampai 6 bln", ["tahan 6 bulan"]),
    ],
)
def test_numbers_and_dates_are_read_where_their_form_is_right(find: Find, text: str, values: list[str]) -> None:
    assert [mention.value.value for mention in find(text)] == values
