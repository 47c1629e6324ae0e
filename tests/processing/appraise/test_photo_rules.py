from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from models.assessment import Outcome, Verdict
from models.rule import Level, PhotoTerms
from processing.appraise.facts import PhotoFacts, Shown
from processing.appraise.photo_rules import CONDITIONS, FIGURES, judge_photo
from tests.rules import kind_of, market, rule, rule_names

Build = Callable[..., PhotoFacts]
VALUES: dict[str, object] = {
    "max_megapixels": 2.0,
    "min_jpeg_quality": 90,
    "min_fill": 0.6,
    "max_fill": 0.9,
    "min_whiteness": 250,
    "aspect": (1.0, 0.75),
    "formats": ("JPEG", "PNG"),
    "colours": ("RGB",),
    "max_side": 2000,
    "max_bytes": 5_000_000,
}
"""Of the limits; the others want 500 px."""


def is_of_photos(name: str) -> bool:
    return name in {*FIGURES, *CONDITIONS, "aspect", "formats", "colours"}


PHOTO_RULES = [name for name in rule_names() if is_of_photos(name)]


def value_of(name: str) -> object:
    return True if name in CONDITIONS else VALUES.get(name, 500)


def verdict_on(photo: PhotoFacts, name: str, value: object = None, grade: str = "A", **more: object) -> Verdict:
    terms = rule(name, value_of(name) if value is None else value, grade, **more)
    (found,) = judge_photo((market(terms),), photo)
    return found


def test_every_word_about_photos_is_understood() -> None:
    assert {name for name in rule_names() if issubclass(kind_of(name), PhotoTerms)} == set(PHOTO_RULES)


@pytest.mark.parametrize("name", [name for name in PHOTO_RULES if name != "keeps_ai_label"])
def test_a_photo_that_keeps_a_rule_passes(name: str, photo: Build) -> None:
    assert verdict_on(photo(), name).outcome is Outcome.PASS


BREAKING: dict[str, dict[str, object]] = {
    "min_width": {"width": 499},
    "min_height": {"height": 499},
    "min_side": {"height": 499},
    "min_longest_side": {"width": 499, "height": 499},
    "max_side": {"height": 2001},
    "max_bytes": {"bytes": 5_000_001},
    "max_megapixels": {"width": 2000},
    "min_jpeg_quality": {"quality": 89},
    "min_fill": {"fill": 0.59},
    "max_fill": {"fill": 0.91},
    "min_whiteness": {"whiteness": 249},
    "aspect": {"width": 1600},
    "formats": {"format": "HEIF"},
    "colours": {"colours": "CMYK"},
    "still": {"moves": True},
    "extension_fits": {"extension_fits": False},
    "plain_background": {"plain_background": False},
    "no_text": {"found": {"text_overlay": True}},
    "no_logo": {"found": {"logo": True}},
    "no_watermark": {"found": {"watermark": True}},
    "no_border": {"found": {"border": True}},
    "no_collage": {"found": {"collage": True}},
}
UNKNOWN: dict[str, dict[str, object]] = {
    "min_jpeg_quality": {"quality": None},
    "min_fill": {"fill": None},
    "max_fill": {"fill": None},
    "min_whiteness": {"whiteness": None},
    "colours": {"colours": None},
    "still": {"moves": None},
    "plain_background": {"plain_background": None},
    "no_text": {"found": {"watermark": True}},
    "no_logo": {"found": {}},
    "no_watermark": {"found": {}},
    "no_border": {"found": {}},
    "no_collage": {"found": {}},
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_photo_that_breaks_a_rule_fails(name: str, photo: Build) -> None:
    assert verdict_on(photo(**BREAKING[name]), name).outcome is Outcome.FAIL


@pytest.mark.parametrize("name", BREAKING)
def test_advice_that_is_not_followed_refuses_nothing(name: str, photo: Build) -> None:
    assert verdict_on(photo(**BREAKING[name]), name).refuses
    assert not verdict_on(photo(**BREAKING[name]), name, level="advised").refuses


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_known_cannot_be_checked(name: str, photo: Build) -> None:
    assert verdict_on(photo(**UNKNOWN[name]), name).outcome is Outcome.CANNOT_CHECK


def test_what_says_that_a_machine_drew_it_is_not_read_yet(photo: Build) -> None:
    assert verdict_on(photo(), "keeps_ai_label").outcome is Outcome.CANNOT_CHECK


def test_one_of_several_aspects_is_enough_and_rounding_to_whole_pixels_is_forgiven(photo: Build) -> None:
    assert verdict_on(photo(width=900, height=1200), "aspect").outcome is Outcome.PASS
    assert verdict_on(photo(width=1000, height=1001), "aspect").outcome is Outcome.PASS
    assert verdict_on(photo(width=1000, height=1010), "aspect").outcome is Outcome.FAIL


def test_the_quality_of_a_jpeg_is_no_matter_of_a_png(photo: Build) -> None:
    assert verdict_on(photo(format="PNG", quality=None), "min_jpeg_quality").outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("name", "changed", "found", "wanted"),
    [
        ("min_width", {"width": 320}, "320 px", ">= 500 px"),
        ("max_bytes", {"bytes": 7_000_000}, "7000000 B", "<= 5000000 B"),
        ("max_megapixels", {"width": 2000}, "2.4 MP", "<= 2 MP"),
        ("min_fill", {"fill": 0.384}, "38.4 %", ">= 60 %"),
        ("min_whiteness", {"whiteness": 201}, "201", ">= 250"),
        ("aspect", {"width": 1600}, "1.33:1", "1:1, 3:4"),
        ("formats", {"format": "GIF"}, "GIF", "JPEG, PNG"),
        ("no_text", {"found": {"text_overlay": True}}, "", ""),
    ],
)
def test_a_verdict_says_what_was_found_and_wanted(
    name: str, changed: dict[str, object], found: str, wanted: str, photo: Build
) -> None:
    verdict = verdict_on(photo(**changed), name)
    assert (verdict.marketplace, verdict.rule) == ("pasar", name)
    assert (verdict.found, verdict.wanted) == (found, wanted)


def test_a_verdict_says_how_strong_its_rule_is_and_what_it_is_about(photo: Build) -> None:
    terms = rule("min_fill", 0.9, level="advised", cover=True)
    (verdict,) = judge_photo((market(terms),), photo(), "main.jpg")
    assert (verdict.level, verdict.cover, verdict.rendition, verdict.by_recipe) == (
        Level.ADVISED,
        True,
        "main.jpg",
        False,
    )


def test_a_finished_file_is_as_its_recipe_makes_it(photo: Build) -> None:
    def recipes(**changed: object) -> set[str]:
        rules = (rule(name, value_of(name)) for name in PHOTO_RULES)
        return {one.rule for one in judge_photo((market(*rules),), photo(**changed)) if one.by_recipe}

    of_file = set(PHOTO_RULES) - {"min_fill", "max_fill", "min_whiteness"} - {n for n in CONDITIONS if "_" in n}
    of_file |= {"extension_fits", "keeps_ai_label"}
    ground = {"min_whiteness", "plain_background"}
    assert recipes() == set()
    assert recipes(finished=True) == of_file
    assert recipes(finished=True, background_is_recipes=True) == of_file | ground
    assert recipes(finished=True, fill_is_recipes=True) == of_file | {"min_fill", "max_fill"}


def test_the_rules_of_every_marketplace_are_applied_in_the_profiles_order(photo: Build) -> None:
    profiles = tuple(load_marketplace(code) for code in known_marketplaces())
    verdicts = judge_photo(profiles, photo())
    assert [(one.marketplace, one.rule, one.wanted) for one in verdicts] == [
        (profile.code, terms.rule, terms.wanted) for profile in profiles for terms in profile.photo_rules
    ]


def test_a_large_square_jpeg_of_a_product_on_white_is_refused_nowhere(photo: Build) -> None:
    profiles = tuple(load_marketplace(code) for code in known_marketplaces())
    verdicts = judge_photo(profiles, photo(fill=0.86))
    assert [one for one in verdicts if one.refuses] == []


sides = st.integers(1, 12_000)
shares = st.none() | st.floats(0, 1)
maybe = st.none() | st.booleans()
facts = st.builds(
    PhotoFacts,
    width=sides,
    height=sides,
    bytes=st.integers(1, 50_000_000),
    format=st.sampled_from(["JPEG", "PNG", "GIF", "HEIF"]),
    colours=st.sampled_from([None, "RGB", "CMYK", "grey"]),
    moves=maybe,
    extension_fits=st.booleans(),
    quality=st.none() | st.integers(1, 100),
    finished=st.booleans(),
    shown=st.builds(
        Shown,
        fill=shares,
        whiteness=st.none() | st.floats(0, 255),
        plain_background=maybe,
        found=st.dictionaries(
            st.sampled_from(["text_overlay", "logo", "watermark", "border", "collage"]), st.booleans()
        ),
    ),
)


@given(facts)
def test_a_rule_that_was_not_verified_can_only_say_that_it_cannot_check(photo: PhotoFacts) -> None:
    unverified = market(*(rule(name, value_of(name), "?") for name in PHOTO_RULES))
    assert {one.outcome for one in judge_photo((unverified,), photo)} == {Outcome.CANNOT_CHECK}


@given(facts, st.data())
def test_a_larger_photo_never_turns_from_pass_to_fail_on_what_is_to_be_large(
    photo: PhotoFacts, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([name for name in FIGURES if name.startswith("min_")]))
    better = larger(photo, data.draw(st.integers(0, 5000)), data.draw(st.floats(0, 1)))
    before, after = (verdict_on(each, name).outcome for each in (photo, better))
    assert before is not Outcome.PASS or after is Outcome.PASS


@given(facts, st.data())
def test_a_larger_photo_never_turns_from_fail_to_pass_on_what_is_not_to_be_large(
    photo: PhotoFacts, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([name for name in FIGURES if name.startswith("max_")]))
    worse = larger(photo, data.draw(st.integers(0, 5000)), data.draw(st.floats(0, 1)))
    before, after = (verdict_on(each, name).outcome for each in (photo, worse))
    assert before is not Outcome.FAIL or after is Outcome.FAIL


def larger(photo: PhotoFacts, by: int, share: float) -> PhotoFacts:
    """Return the same photo, all of whose figures are the same or larger."""

    def up(figure: float | None, top: float) -> float | None:
        return None if figure is None else figure + share * (top - figure)

    return replace(
        photo,
        width=photo.width + by,
        height=photo.height + by,
        bytes=photo.bytes + by,
        quality=None if photo.quality is None else min(100, photo.quality + by),
        shown=replace(photo.shown, fill=up(photo.shown.fill, 1), whiteness=up(photo.shown.whiteness, 255)),
    )


@given(facts, st.integers(1, 3000), st.integers(0, 3000))
def test_a_stricter_limit_never_lets_more_through(photo: PhotoFacts, limit: int, more: int) -> None:
    mild, strict = (verdict_on(photo, "min_side", each).outcome for each in (limit, limit + more))
    assert strict is not Outcome.PASS or mild is Outcome.PASS
