from datetime import date
from typing import Literal, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.marketplaces import known_marketplaces, load_marketplace
from models.assessment import Outcome
from models.marketplace import Marketplace, Rule
from processing.assess.verdicts import judge

T = TypeVar("T")
Grade = Literal["A", "B", "?"]


def rule(value: T, grade: Grade = "A") -> Rule[T]:
    return Rule(value=value, source="a page", checked=date(2026, 11, 23), grade=grade)


def market(grade: Grade = "A") -> Marketplace:
    return Marketplace(
        code="pasar",
        name="Pasar",
        min_width=rule(500, grade),
        min_height=rule(400, grade),
        max_side=rule(2000, grade),
        max_bytes=rule(1000, grade),
        aspect=rule(1.0, grade),
        formats=rule(("JPEG", "PNG"), grade),
    )


def outcomes(width: int, height: int, size: int, file_format: str) -> dict[str, Outcome]:
    return {one.rule: one.outcome for one in judge((market(),), width, height, size, file_format)}


def test_a_photo_that_keeps_every_rule_passes() -> None:
    assert set(outcomes(1200, 1200, 1000, "JPEG").values()) == {Outcome.PASS}


@pytest.mark.parametrize(
    ("width", "height", "size", "file_format", "broken"),
    [
        (499, 499, 10, "JPEG", {"min_width"}),
        (500, 399, 10, "JPEG", {"min_height", "aspect"}),
        (2001, 2001, 10, "PNG", {"max_side"}),
        (600, 600, 1001, "PNG", {"max_bytes"}),
        (800, 600, 10, "JPEG", {"aspect"}),
        (600, 600, 10, "HEIF", {"formats"}),
    ],
)
def test_the_rule_that_is_broken_fails_and_no_other(
    width: int, height: int, size: int, file_format: str, broken: set[str]
) -> None:
    found = outcomes(width, height, size, file_format)
    assert {name for name, outcome in found.items() if outcome is Outcome.FAIL} == broken
    assert set(found) == {"min_width", "min_height", "max_side", "max_bytes", "aspect", "formats"}


def test_an_aspect_may_be_off_by_the_rounding_to_whole_pixels() -> None:
    assert outcomes(1000, 1001, 10, "JPEG")["aspect"] is Outcome.PASS


sizes = st.integers(1, 5000)


@settings(deadline=None)
@given(width=sizes, height=sizes, size=sizes, file_format=st.sampled_from(["JPEG", "GIF"]))
def test_a_rule_that_was_not_verified_can_only_say_that_it_cannot_check(
    width: int, height: int, size: int, file_format: str
) -> None:
    found = judge((market("?"),), width, height, size, file_format)
    assert {one.outcome for one in found} == {Outcome.CANNOT_CHECK}


def test_an_absent_rule_is_not_checked() -> None:
    assert judge((Marketplace(code="pasar", name="Pasar"),), 10, 10, 10, "GIF") == ()


def test_a_verdict_says_what_was_found_and_wanted() -> None:
    (least, *_) = judge((market(),), 320, 900, 10, "JPEG")
    assert (least.marketplace, least.found, least.wanted) == ("pasar", "320 px", ">= 500 px")


def test_a_square_jpeg_of_the_usual_size_passes_everywhere() -> None:
    profiles = tuple(load_marketplace(code) for code in known_marketplaces())
    verdicts = judge(profiles, 1200, 1200, 300_000, "JPEG")
    assert {one.marketplace for one in verdicts} == set(known_marketplaces())
    assert Outcome.FAIL not in {one.outcome for one in verdicts}
