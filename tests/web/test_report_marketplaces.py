from dataclasses import replace
from pathlib import Path

import pytest

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from config.messages import Language, load_messages
from models.assessment import Outcome, Verdict
from models.photo import Finished
from models.rule import Level
from tests.web.report_pages import appraised, listing, photo, render


def test_marketplaces_verdicts_stand_side_by_side_before_and_after(tmp_path: Path) -> None:
    page = render(tmp_path, listing(photo("a.jpg")))
    messages = load_messages("id")
    assert "Shopee" in page.text
    assert messages.text("report.verdict_summary", passed=2, total=2) in page.text
    assert messages.text("outcome.fail") in page.text
    assert "≤ 10 MB" in page.text and "0.3 MB" in page.text and "90 kB" in page.text


def test_advice_that_is_not_followed_is_no_fault(tmp_path: Path) -> None:
    advice = Verdict(
        marketplace="shopee",
        rule="min_fill",
        outcome=Outcome.FAIL,
        found="40 %",
        wanted=">= 80 %",
        level=Level.ADVISED,
    )
    page = render(tmp_path, listing(photo("a.jpg").model_copy(update={"verdicts": (advice,)})))
    messages = load_messages("id")
    assert messages.text("report.better") in page.text
    assert messages.text("outcome.fail") not in page.text


def test_a_rule_about_the_cover_is_shown_with_the_cover_alone(tmp_path: Path) -> None:
    def with_cover_rule(file: str) -> Finished:
        shown = photo(file)
        first, second = shown.verdicts
        return shown.model_copy(update={"verdicts": (first.model_copy(update={"cover": True}), second)})

    page = render(tmp_path, listing(with_cover_rule("a.jpg"), with_cover_rule("b.jpg")))
    assert page.text.count(load_messages("id").text("verdict.aspect.title")) == 1
    assert page.text.count(load_messages("id").text("verdict.max_bytes.title")) == 2


def test_the_tier_that_a_listing_reaches_and_the_next_fix_towards_the_next_one_are_shown(tmp_path: Path) -> None:
    page = render(tmp_path, appraised("shopee"))
    messages = load_messages("id")
    (reached,) = [attributes for attributes in page.all("li") if attributes.get("class") == "reached"]
    assert reached["aria-current"] == "true"
    for text in (
        "Perlu ditingkatkan",
        messages.text("report.next_fix_lifts", tier="Memenuhi syarat"),
        messages.text("verdict.min_photos.advice"),
        messages.text("verdict.min_photos.words", value="3"),
    ):
        assert text in page.text
    assert "TO_BE_IMPROVED" not in page.text


def test_what_we_cannot_see_is_not_said_to_be_missing(tmp_path: Path) -> None:
    unseen = load_messages("id").text("report.unseen")
    assert unseen in render(tmp_path, appraised("shopee", rule="weight", wanted="", certain=False)).text
    assert unseen not in render(tmp_path, appraised("shopee", rule="weight", wanted="")).text


def test_what_only_another_recipe_could_mend_is_said_to_whom_it_concerns(tmp_path: Path) -> None:
    page = render(tmp_path, appraised("ebay", rule="min_longest_side", wanted="500 px", by_recipe=True))
    messages = load_messages("id")
    assert messages.text("wait.recipe_unfit.advice") in page.text
    assert messages.text("verdict.min_longest_side.advice") not in page.text


def test_a_marketplace_without_tiers_shows_the_share_of_goals(tmp_path: Path) -> None:
    shown = appraised("ebay")
    assert shown.result is not None
    (appraisal,) = shown.result.appraisals
    page = render(tmp_path, shown)
    messages = load_messages("id")
    assert messages.text("report.goals", met=appraisal.met, goals=appraisal.goals) in page.text
    assert messages.text("report.goals_unchecked", unchecked=appraisal.unchecked) in page.text
    assert [each for each in page.all("ol") if each.get("class") == "tiers"] == []


def test_a_marketplace_whose_profile_is_gone_is_shown_by_its_code(tmp_path: Path) -> None:
    shown = appraised("shopee")
    assert shown.result is not None
    (appraisal,) = shown.result.appraisals
    gone = appraisal.model_copy(update={"marketplace": "pasar_lama"})
    page = render(tmp_path, replace(shown, result=shown.result.model_copy(update={"appraisals": (gone,)})))
    assert "pasar_lama" in page.text


@pytest.mark.parametrize("code", known_marketplaces())
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_marketplace_can_be_shown(tmp_path: Path, code: str, language: Language) -> None:
    assert load_marketplace(code).name in render(tmp_path, appraised(code), language=language).text
