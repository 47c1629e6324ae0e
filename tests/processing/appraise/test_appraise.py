"""How a listing stands at a marketplace: its tier, its goals, and the one next fix."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from models.appraisal import Appraisal
from models.assessment import Outcome
from models.fact import Evidence
from models.marketplace import Marketplace, Tier
from models.rule import PhotoRule, PhotoTerms
from models.suggestion import MarketplaceCopy
from processing.appraise.appraise import appraise
from tests.listings import finished, suggestion
from tests.rules import market, rule

PASS, FAIL, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.CANNOT_CHECK


def photo_rule(name: str, value: object, **more: object) -> PhotoRule:
    found = rule(name, value, **more)
    assert isinstance(found, PhotoTerms)
    return found


WATERMARK = photo_rule("no_watermark", True)
WHITE = photo_rule("min_whiteness", 250, level="advised")
LOW = Tier(code="LOW", id="Rendah", en="Low")


def tier(code: str, *tasks: object) -> Tier:
    return Tier(code=code, id=code, en=code, task=tasks)


def graded(*tiers: Tier, rules: tuple[Any, ...] = (rule("max_title", 500),)) -> Marketplace:
    return market(*rules, tier=(LOW, *tiers))


def appraised(profile: Marketplace, photos: int = 3, **words: object) -> Appraisal:
    return appraise(profile, tuple(finished(f"{number}.jpg") for number in range(photos)), suggestion(**words))


TITLE, PHOTOS, DESCRIPTION = rule("min_title", 40), rule("min_photos", 3), rule("min_description", 100)
BRAND, VIDEO = rule("brand", True), rule("video", True)


def test_a_listing_reaches_the_highest_tier_whose_tasks_and_those_below_are_done() -> None:
    profile = graded(tier("MIDDLE", PHOTOS), tier("TOP", TITLE, DESCRIPTION))
    assert appraised(profile).tier == "TOP"
    assert appraised(profile, title="short").tier == "MIDDLE"
    assert appraised(profile, photos=2).tier == "LOW"
    assert appraised(profile, photos=0, title="", description="").tier == "LOW"


def test_what_cannot_be_checked_lifts_nothing_and_is_said_to_be_possible() -> None:
    found = appraised(graded(tier("MIDDLE", PHOTOS, BRAND), tier("TOP", TITLE)))
    assert (found.tier, found.at_best) == ("LOW", "TOP")
    found = appraised(graded(tier("MIDDLE", PHOTOS, BRAND), tier("TOP", TITLE)), title="short")
    assert (found.tier, found.at_best) == ("LOW", "MIDDLE")


def test_the_next_fix_is_the_first_thing_that_is_missing_for_the_next_tier() -> None:
    profile = graded(tier("MIDDLE", BRAND, PHOTOS, TITLE), tier("TOP", DESCRIPTION))
    fix = appraised(profile, photos=1, title="short", description="short").next_fix
    assert fix is not None
    assert (fix.rule, fix.wanted, fix.lifts_to, fix.certain) == ("min_photos", "3", "MIDDLE", True)


def test_what_is_surely_missing_comes_before_what_cannot_be_seen() -> None:
    profile = graded(tier("MIDDLE", BRAND, TITLE))
    first = appraised(profile, title="short").next_fix
    then = appraised(profile).next_fix
    assert first is not None and then is not None
    assert (first.rule, first.certain) == ("min_title", True)
    assert (then.rule, then.certain, then.lifts_to) == ("brand", False, "MIDDLE")


def test_what_would_be_refused_comes_before_every_tier() -> None:
    profile = graded(tier("MIDDLE", TITLE), rules=(rule("max_photos", 2), rule("max_title", 500)))
    fix = appraised(profile, title="short").next_fix
    assert fix is not None
    assert (fix.rule, fix.lifts_to) == ("max_photos", "")


def test_advice_comes_last_and_only_when_it_is_surely_not_followed() -> None:
    rules = (rule("video", True, level="advised"), rule("min_description", 300, level="advised"))
    top = appraised(graded(tier("MIDDLE", TITLE), rules=rules)).next_fix
    assert top is not None
    assert (top.rule, top.lifts_to) == ("min_description", "")
    assert appraised(graded(tier("MIDDLE", TITLE), rules=rules), description="x" * 300).next_fix is None


def test_of_several_photos_the_worst_counts_and_is_named() -> None:
    photos = (
        finished("a", (WATERMARK, PASS)),
        finished("b", (WATERMARK, FAIL)),
        finished("c", (WATERMARK, UNKNOWN)),
    )
    found = appraise(market(WATERMARK), photos, suggestion())
    assert (found.met, found.goals) == (0, 1)
    assert found.next_fix is not None
    assert found.next_fix.file == "b"


def test_a_rule_about_the_cover_looks_at_the_first_photo_alone() -> None:
    cover = photo_rule("no_watermark", True, cover=True)
    photos = (finished("a", (cover, PASS)), finished("b", (cover, FAIL)))
    assert appraise(market(cover), photos, suggestion()).met == 1
    assert appraise(market(cover), photos[::-1], suggestion()).met == 0


def test_what_only_the_recipe_could_mend_is_not_asked_of_the_seller() -> None:
    size = photo_rule("min_side", 1500, level="advised")
    found = appraise(market(size), (finished("a", (size, FAIL), by_recipe=True),), suggestion())
    assert (found.met, found.goals, found.next_fix) == (0, 1, None)


def test_what_would_be_refused_for_the_recipes_sake_is_told_after_what_she_can_mend() -> None:
    size = photo_rule("min_side", 1500)
    photos = (finished("a", (size, FAIL), by_recipe=True),)
    fix = appraise(market(size, rule("min_title", 10)), photos, suggestion()).next_fix
    assert fix is not None
    assert (fix.rule, fix.by_recipe) == ("min_side", True)
    fix = appraise(market(size, rule("min_title", 90)), photos, suggestion()).next_fix
    assert fix is not None
    assert (fix.rule, fix.by_recipe) == ("min_title", False)


def test_goals_are_those_that_apply_and_were_verified() -> None:
    profile = market(
        WATERMARK,
        WHITE,
        photo_rule("max_bytes", 8_000_000, grade="?"),
        rule("min_title", 10),
        rule("size_chart", True, categories=["shoes"]),
    )
    photos = (finished("a", (WATERMARK, UNKNOWN), (WHITE, FAIL)),)
    found = appraise(profile, photos, suggestion())
    assert (found.met, found.unchecked, found.goals) == (1, 1, 3)
    found = appraise(profile, photos, suggestion(category="shoes"))
    assert (found.met, found.unchecked, found.goals) == (1, 2, 4)


def test_without_photos_their_rules_cannot_be_checked() -> None:
    found = appraise(market(WATERMARK, WHITE), (), suggestion())
    assert (found.met, found.unchecked, found.goals) == (0, 2, 2)


def test_a_marketplace_without_tiers_names_none() -> None:
    found = appraised(market(TITLE), title="short")
    assert (found.tier, found.at_best) == ("", "")
    assert found.next_fix is not None
    assert (found.next_fix.rule, found.next_fix.lifts_to) == ("min_title", "")


def at_shopee(photos: int, title: int, category: str | None, chosen: bool, attributes: int = 1) -> Appraisal:
    """Return how a listing stands at Shopee whose category is ours, or a person's choice."""
    words = suggestion(title="x" * title, category=category)
    own = MarketplaceCopy(
        marketplace="shopee",
        title="x" * title,
        description="x" * 200,
        attributes={str(number): "ada" for number in range(attributes)},
    )
    if words.category and chosen:
        said = Evidence(source="answer", quote=words.category.value)
        words = words.model_copy(update={"category": words.category.model_copy(update={"evidence": (said,)})})
    words = words.model_copy(update={"marketplaces": (own,)})
    return appraise(
        load_marketplace("shopee"), tuple(finished(f"{number}.jpg") for number in range(photos)), words
    )


@pytest.mark.parametrize(
    ("photos", "title", "category", "chosen", "tier", "at_best", "fix", "lifts_to"),
    [
        (1, 50, "baskets", False, "TO_BE_IMPROVED", "TO_BE_IMPROVED", "min_photos", "QUALIFIED"),
        (1, 50, None, False, "TO_BE_IMPROVED", "TO_BE_IMPROVED", "right_category", "QUALIFIED"),
        (3, 20, "baskets", False, "TO_BE_IMPROVED", "QUALIFIED", "right_category", "QUALIFIED"),
        (3, 20, "baskets", True, "QUALIFIED", "QUALIFIED", "min_title", "EXCELLENT"),
        (3, 50, "baskets", True, "QUALIFIED", "QUALIFIED", "min_attributes", "EXCELLENT"),
        (3, 20, "sandals", True, "TO_BE_IMPROVED", "QUALIFIED", "min_title", "EXCELLENT"),
    ],
)
def test_shopees_content_diagnosis(
    photos: int,
    title: int,
    category: str | None,
    chosen: bool,
    tier: str,
    at_best: str,
    fix: str,
    lifts_to: str,
) -> None:
    found = at_shopee(photos, title, category, chosen)
    assert (found.tier, found.at_best) == (tier, at_best)
    assert found.next_fix is not None
    assert (found.next_fix.rule, found.next_fix.lifts_to) == (fix, lifts_to)


def test_what_nobody_can_say_here_comes_after_all_that_can_be_done() -> None:
    found = at_shopee(3, 50, "baskets", chosen=True, attributes=3)
    assert (found.tier, found.at_best) == ("QUALIFIED", "EXCELLENT")
    assert found.next_fix is not None
    assert (found.next_fix.rule, found.next_fix.certain) == ("weight", False)
    advised = graded(tier("MIDDLE", BRAND), rules=(rule("min_description", 300, level="advised"),))
    fixes = [appraised(advised, description="x" * length).next_fix for length in (200, 300)]
    assert [each.rule for each in fixes if each] == ["min_description", "brand"]


@pytest.mark.parametrize(("category", "quote"), [("baskets", "keranjang"), ("dodol", "dodol")])
def test_a_category_that_our_guess_took_from_her_answer_is_not_chosen(category: str, quote: str) -> None:
    words = suggestion(category=category)
    assert words.category is not None
    said = Evidence(source="answer", quote=quote, span=(0, len(quote)))
    guessed = words.model_copy(update={"category": words.category.model_copy(update={"evidence": (said,)})})
    (verdict,) = appraise(market(rule("right_category", True)), (), guessed).verdicts
    assert verdict.outcome is UNKNOWN


def test_shopee_asks_only_sellers_of_clothes_and_shoes_for_sizes() -> None:
    def asked(category: str) -> set[str]:
        return {one.rule for one in appraised(load_marketplace("shopee"), category=category).verdicts}

    assert {"size_chart", "standard_variation"} <= asked("sandals")
    assert not {"size_chart", "standard_variation"} & asked("honey")


@pytest.mark.parametrize(
    ("photos", "title", "description", "tier", "fix"),
    [
        (1, 20, 79, "POOR", "min_description"),
        (1, 20, 80, "FAIR", "min_title"),
        (4, 40, 80, "FAIR", "min_photos"),
        (5, 151, 80, "FAIR", "max_title"),
        (5, 40, 80, "GOOD", "min_description"),
        (5, 40, 300, "GOOD", None),
    ],
)
def test_tiktok_shops_tiers(photos: int, title: int, description: int, tier: str, fix: str | None) -> None:
    profile = load_marketplace("tokopedia")
    found = appraised(profile, photos=photos, title="x" * title, description="x" * description)
    assert found.tier == found.at_best == tier
    assert (found.next_fix.rule if found.next_fix else None) == fix


words = st.integers(0, 400).map("x".__mul__)
listings = st.fixed_dictionaries(
    {
        "photos": st.integers(0, 12),
        "title": words,
        "description": words,
        "category": st.sampled_from([None, "baskets", "shoes"]),
    }
)


@pytest.mark.parametrize("code", known_marketplaces())
@given(listings)
def test_a_listing_stands_somewhere_at_every_marketplace(code: str, given_listing: dict[str, Any]) -> None:
    profile = load_marketplace(code)
    found = appraised(profile, **given_listing)
    tiers = [""] if not profile.tier else [each.code for each in profile.tier]
    assert 0 <= found.met <= found.met + found.unchecked <= found.goals
    assert tiers.index(found.tier) <= tiers.index(found.at_best)
    if found.next_fix and found.next_fix.lifts_to:
        reached = {tiers.index(found.tier), tiers.index(found.at_best)}
        assert tiers.index(found.next_fix.lifts_to) - 1 in reached


@given(st.integers(0, 6), words, words)
def test_following_the_next_fix_leads_to_the_top(photos: int, title: str, description: str) -> None:
    """As long as what is missing can be seen, one fix after the other lifts a listing to the highest tier."""
    profile = load_marketplace("tokopedia")
    state = {"photos": photos, "title": title, "description": description}
    for _ in range(8):
        found = appraised(profile, **state)
        if found.tier == "GOOD":
            return
        fix = found.next_fix
        assert fix is not None
        subject = fix.rule.removeprefix("min_").removeprefix("max_")
        wanted = int(fix.wanted.split()[0])
        state[subject] = wanted if subject == "photos" else "x" * wanted
    pytest.fail(f"{state} never gets there")


@given(listings, st.integers(0, 5))
def test_more_photos_and_a_longer_description_never_lower_a_tier(given_listing: dict[str, Any], more: int) -> None:
    for code in ("shopee", "tokopedia"):
        tiers = [each.code for each in load_marketplace(code).tier]
        before, after = (
            appraised(load_marketplace(code), **each)
            for each in (
                given_listing,
                given_listing
                | {
                    "photos": given_listing["photos"] + more,
                    "description": given_listing["description"] + "x" * more,
                },
            )
        )
        assert tiers.index(before.tier) <= tiers.index(after.tier)


def test_a_goal_that_becomes_unknown_never_raises_the_share() -> None:
    for outcomes in itertools.product((PASS, FAIL, UNKNOWN), repeat=2):
        known = appraise(
            market(WATERMARK, WHITE),
            (finished("a", *zip((WATERMARK, WHITE), outcomes, strict=True)),),
            suggestion(),
        )
        blurred = appraise(
            market(WATERMARK, WHITE), (finished("a", (WATERMARK, UNKNOWN), (WHITE, outcomes[1])),), suggestion()
        )
        assert blurred.met <= known.met and blurred.goals == known.goals


def test_the_words_that_are_made_for_a_marketplace_are_appraised_there() -> None:
    own = MarketplaceCopy(
        marketplace="pasar", title="x" * 50, description="", attributes={"Merek": "Mekar", "Rasa": "keju"}
    )
    words = suggestion(title="x").model_copy(update={"marketplaces": (own,)})
    profile = market(rule("min_title", 40), rule("min_attributes", 2), rule("min_attributes", 3))
    found = {(verdict.rule, verdict.wanted): verdict.outcome for verdict in appraise(profile, (), words).verdicts}
    assert found == {
        ("min_title", ">= 40"): PASS,
        ("min_attributes", ">= 2"): PASS,
        ("min_attributes", ">= 3"): FAIL,
    }
