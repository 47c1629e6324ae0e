from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import Assessment, Defect, DefectCode
from models.recipe import RenditionSpec
from models.rendition import Rendition
from processing.appraise.facts import Shown
from processing.appraise.finished import facts_of, look_at

SIDE = 400


def assessment(*there: DefectCode) -> Assessment:
    """Of a photo that was looked at for blur and for cut-off edges."""
    return Assessment(
        score=90,
        parts={},
        measurements=(),
        defects=tuple(Defect(code=code, severity=0.5) for code in there),
        looked_for=(DefectCode.BLUR, DefectCode.CUT_OFF),
    )


@pytest.fixture
def alpha() -> NDArray[np.float32]:
    """A product of 300 by 200 px."""
    alpha = np.zeros((SIDE, SIDE), np.float32)
    alpha[100:300, 50:350] = 1
    return alpha


def on(ground: int, alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.where(alpha[..., None] > 0, 90, ground).astype(np.uint8).repeat(3, axis=2)


def seen(ground: int, alpha: NDArray[np.float32], *there: DefectCode, **known: bool) -> Shown:
    return look_at(
        on(ground, alpha), alpha, assessment(*there), **{"trusted": True, "fully_framed": True, **known}
    )


def test_a_cut_outs_place_and_ground_are_known(alpha: NDArray[np.float32]) -> None:
    shown = seen(255, alpha)
    assert shown.fill == pytest.approx(0.75)
    assert (shown.whiteness, shown.plain_background) == (255, True)
    assert shown.background_is_recipes and shown.fill_is_recipes


@pytest.mark.parametrize("ground", [254, 240, 12])
def test_a_ground_that_is_not_white_is_seen(ground: int, alpha: NDArray[np.float32]) -> None:
    assert seen(ground, alpha).whiteness == ground


def test_one_dark_spot_at_the_edge_spoils_a_plain_white_ground(alpha: NDArray[np.float32]) -> None:
    composed = on(255, alpha)
    composed[2, 390] = (255, 200, 255)
    shown = look_at(composed, alpha, assessment(), trusted=True, fully_framed=True)
    assert (shown.whiteness, shown.plain_background) == (200, False)


def test_a_product_all_around_the_edge_leaves_no_ground_to_judge() -> None:
    shown = seen(255, np.ones((SIDE, SIDE), np.float32))
    assert (shown.fill, shown.whiteness, shown.plain_background) == (1.0, None, None)


def test_a_product_that_is_small_for_lack_of_pixels_is_not_the_recipes_doing(alpha: NDArray[np.float32]) -> None:
    assert not seen(255, alpha, fully_framed=False).fill_is_recipes


def test_of_the_cleaned_original_nobody_knows_where_its_product_is(alpha: NDArray[np.float32]) -> None:
    shown = seen(255, alpha, trusted=False)
    assert (shown.fill, shown.whiteness, shown.plain_background) == (None, None, None)
    assert not shown.background_is_recipes


def test_what_lay_over_the_photo_may_be_cut_away_and_stays_on_the_cleaned_original(
    alpha: NDArray[np.float32],
) -> None:
    cut = seen(255, alpha, DefectCode.BLUR).found
    cleaned = seen(255, alpha, DefectCode.BLUR, trusted=False).found
    assert (cut.get("blur"), cut.get("cut_off"), cut.get("overexposed")) == (None, False, None)
    assert (cleaned.get("blur"), cleaned.get("cut_off"), cleaned.get("overexposed")) == (True, False, None)


def spec(name: str, file_format: Literal["JPEG", "WEBP"], view: Literal["composed", "cutout"]) -> RenditionSpec:
    return RenditionSpec(name=name, format=file_format, width=SIDE, height=SIDE, view=view)


SHOWN = Shown(fill=0.75, whiteness=255, plain_background=True)


def test_a_finished_files_facts_are_its_own() -> None:
    rendition = Rendition("main.jpg", "image/jpeg", SIDE, SIDE, bytes(1234), 84)
    facts = facts_of(rendition, spec("main.jpg", "JPEG", "composed"), SHOWN)
    assert (facts.width, facts.height, facts.bytes, facts.format, facts.quality) == (SIDE, SIDE, 1234, "JPEG", 84)
    assert (facts.colours, facts.moves, facts.extension_fits, facts.finished) == ("RGB", False, True, True)
    assert facts.shown == SHOWN


def test_a_name_that_says_something_else_than_the_file_is_seen() -> None:
    rendition = Rendition("main.png", "image/jpeg", SIDE, SIDE, b"", 84)
    assert not facts_of(rendition, spec("main.png", "JPEG", "composed"), SHOWN).extension_fits


def test_a_transparent_ground_is_neither_white_nor_plain() -> None:
    rendition = Rendition("cut.webp", "image/webp", SIDE, SIDE, b"", 84)
    shown = facts_of(rendition, spec("cut.webp", "WEBP", "cutout"), SHOWN).shown
    assert (shown.fill, shown.whiteness, shown.plain_background) == (0.75, None, None)
