"""Figures are written as people write them."""

import pytest

from config.figures import readable


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        ("<= 5000000 B", "≤ 5 MB"),
        ("99499 B", "99 kB"),
        ("99700 B", "0.1 MB"),
        ("300000 B", "0.3 MB"),
        (">= 25", "≥ 25"),
    ],
)
def test_a_figure_has_its_unit_and_two_digits(figure: str, written: str) -> None:
    assert readable(figure) == written
