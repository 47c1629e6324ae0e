"""What the recipes that ship make of real photos, held against the real profiles."""

from pathlib import Path

import pytest

from config.approval import load_approval_rule
from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from config.recipes import load_recipe
from models.assessment import Outcome, Verdict
from processing.matte.bundled import BundledEstimator
from processing.photo import process_photo

RAW = Path(__file__).parents[2] / "samples" / "raw"
SOFT_OR_LEANING = (
    "pak-asep/cangkir-keramik/samping.jpg",
    "bu-euis/keripik-singkong/depan.jpg",
    "ibu-sari/sandal-pandan/samping.jpg",
    "kang-dadan/batik-megamendung/lipat.jpg",
)
WHOLE_PICTURE = "mercadolibre", "min_fill"
"""Wants the product over 95 % of the picture, more than Google lets it fill: no recipe suits both."""


def broken(name: str, recipe: str) -> set[tuple[str, str]]:
    """Return which rules, and whose, the main picture breaks by its recipe alone."""
    photo = process_photo(
        (RAW / name).read_bytes(),
        name=Path(name).name,
        recipe=load_recipe(recipe),
        estimator=BundledEstimator(),
        marketplaces=tuple(load_marketplace(code) for code in known_marketplaces()),
        min_trust=load_approval_rule().min_trust,
    )
    assert photo.trusted
    return {(one.marketplace, one.rule) for one in photo.verdicts if is_recipes_fault(one)}


def is_recipes_fault(one: Verdict) -> bool:
    size = one.rule in {"min_side", "min_longest_side"}  # 1200 px are what a slow line bears
    return one.rendition == "main.jpg" and one.by_recipe and one.outcome is Outcome.FAIL and not size


@pytest.mark.parametrize("name", SOFT_OR_LEANING)
def test_white_square_keeps_what_a_recipe_can_keep_of_every_marketplace(name: str) -> None:
    assert broken(name, "white-square") == {WHOLE_PICTURE}


@pytest.mark.parametrize("recipe", ["cream-square", "table-square"])
def test_the_other_recipes_lack_the_white_ground_alone(recipe: str) -> None:
    grounds = {"min_whiteness", "plain_background"}
    assert {rule for _, rule in broken(SOFT_OR_LEANING[0], recipe) - {WHOLE_PICTURE}} <= grounds
