from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.assessment import Outcome
from models.rule import ListingCondition, ListingRule, ListingTerms
from processing.appraise.facts import ListingFacts
from processing.appraise.listing_rules import applies, check_listing
from processing.appraise.verdict import verdict
from tests.rules import kind_of, rule, rule_names

Build = Callable[..., ListingFacts]
LISTING_RULES = [name for name in rule_names() if issubclass(kind_of(name), ListingTerms)]


def listing_rule(name: str, value: object = None, grade: str = "A", **more: object) -> ListingRule:
    usual = True if issubclass(kind_of(name), ListingCondition) else 3
    found = rule(name, usual if value is None else value, grade, **more)
    assert isinstance(found, ListingTerms)
    return found


def outcome(listing: ListingFacts, name: str, value: object = None, **more: object) -> Outcome:
    terms = listing_rule(name, value, **more)
    return verdict("pasar", terms, check_listing(terms, listing)).outcome


@pytest.mark.parametrize(
    ("name", "value", "changed"),
    [
        ("min_photos", 4, {"sides": (1200, 1200, 1200, 600)}),
        ("max_photos", 3, {}),
        ("min_title", 50, {}),
        ("max_title", 50, {}),
        ("max_subtitle", 55, {}),
        ("min_description", 200, {}),
        ("max_description", 200, {}),
        ("right_category", True, {"category_chosen": True}),
    ],
)
def test_a_listing_that_just_keeps_a_rule_passes(
    name: str, value: object, changed: dict[str, object], listing: Build
) -> None:
    assert outcome(listing(**changed), name, value) is Outcome.PASS


@pytest.mark.parametrize(
    ("name", "value", "changed"),
    [
        ("min_photos", 4, {}),
        ("max_photos", 2, {}),
        ("min_title", 51, {}),
        ("min_title", 1, {"title": ""}),
        ("max_title", 49, {}),
        ("min_description", 201, {}),
        ("min_description", 1, {"description": ""}),
        ("max_description", 199, {}),
        ("right_category", True, {"category": None}),
    ],
)
def test_a_listing_that_breaks_a_rule_fails(
    name: str, value: object, changed: dict[str, object], listing: Build
) -> None:
    assert outcome(listing(**changed), name, value) is Outcome.FAIL


@pytest.mark.parametrize(
    "name", ["min_attributes", "right_category", "brand", "weight", "video", "size_chart", "standard_variation"]
)
def test_what_only_the_marketplaces_form_holds_cannot_be_checked(name: str, listing: Build) -> None:
    assert outcome(listing(), name) is Outcome.CANNOT_CHECK


def test_a_photo_that_is_too_small_does_not_count(listing: Build) -> None:
    small = listing(sides=(1200, 601, 600))
    assert outcome(small, "min_photos", 2, side=601) is Outcome.PASS
    assert outcome(small, "min_photos", 3, side=601) is Outcome.FAIL
    assert outcome(small, "min_photos", 3) is Outcome.PASS


def test_a_rule_for_some_goods_is_for_no_others(listing: Build) -> None:
    shoes = listing_rule("min_photos", 9, categories=["shoes"])
    assert applies(shoes, listing(category="shoes"))
    assert not applies(shoes, listing(category="honey"))
    assert applies(listing_rule("min_photos", 9), listing(category="honey"))


def test_a_rule_for_some_goods_cannot_be_checked_for_goods_of_no_known_category(listing: Build) -> None:
    unknown = listing(category=None)
    assert applies(listing_rule("min_photos", 9, categories=["shoes"]), unknown)
    assert outcome(unknown, "min_photos", 9, categories=["shoes"]) is Outcome.CANNOT_CHECK


@given(
    st.builds(
        ListingFacts,
        sides=st.lists(st.integers(1, 3000), max_size=12).map(tuple),
        title=st.text(max_size=300),
        description=st.text(max_size=300),
        category=st.none() | st.just("shoes"),
    ),
    st.sampled_from(LISTING_RULES),
)
def test_a_rule_that_was_not_verified_never_fails(listing: ListingFacts, name: str) -> None:
    terms = listing_rule(name, grade="?")
    assert verdict("pasar", terms, check_listing(terms, listing)).outcome is Outcome.CANNOT_CHECK
