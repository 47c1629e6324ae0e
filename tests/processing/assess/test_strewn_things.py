"""What the network says of things that lie about, on samples."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.assessment import Defect, DefectCode, Measurement
from models.picture import Picture
from processing.assess.background import CELLS, FEW, find_clutter, measure_background, surest
from processing.assess.subject import reduce
from processing.decode.photo import decode
from processing.matte.bundled import BundledEstimator

RAW = Path(__file__).parents[3] / "samples" / "raw"
UNREACHED = 1.0
"""A trust that no matte has."""
ALONE = (
    "ibu-sari/keranjang-rotan/depan.jpg",
    "ibu-sari/sandal-pandan/depan.jpg",
    "bu-euis/sambal-bawang/depan.jpg",
    "pak-asep/cangkir-keramik/depan.jpg",
    "pak-asep/ukiran-jati/depan.jpg",
    "kang-dadan/batik-megamendung/depan.jpg",
)


@pytest.fixture(scope="module")
def estimator() -> BundledEstimator:
    return BundledEstimator()


def opened(name: str) -> Picture:
    return decode((RAW / name).read_bytes(), name=name, min_side=1000)


def found_on(picture: Picture, estimator: BundledEstimator) -> tuple[Defect, ...]:
    return find_clutter(measure_background(reduce(picture, estimator.estimate(picture), 0.5)))


def odds_on(picture: Picture, estimator: BundledEstimator) -> float:
    strewn = estimator.estimate(picture).strewn
    assert strewn is not None
    return surest(strewn)


def strewn_over(picture: Picture, other: Picture, estimator: BundledEstimator) -> Picture:
    """Lay the other photo's product there again and again, small, behind this one's."""
    chance = np.random.default_rng(6)
    pixels = picture.pixels.copy()
    height, width = pixels.shape[:2]
    product = cv2.resize(estimator.estimate(picture).alpha, (width, height))[..., None]
    side = max(height, width) // 6
    thing = cv2.resize(other.pixels, (side, side), interpolation=cv2.INTER_AREA)
    mask = cv2.resize(estimator.estimate(other).alpha, (side, side), interpolation=cv2.INTER_AREA)[..., None]
    for _ in range(24):
        top, left = int(chance.integers(height - side)), int(chance.integers(width - side))
        turns = int(chance.integers(4))
        share, place = np.rot90(mask, turns), np.s_[top : top + side, left : left + side]
        pixels[place] = np.rint(pixels[place] * (1 - share) + np.rot90(thing, turns) * share)
    shown = np.rint(pixels * (1 - product) + picture.pixels * product).astype(np.uint8)
    return Picture(shown, picture.source)


def gravity(clutter: float | None, strewn: float | None, covered: float | None) -> float:
    named = {
        "background_clutter": clutter,
        "uniformity": None,
        "whiteness": None,
        "strewn_things": strewn,
        "strewn_share": covered,
    }
    figures = tuple(Measurement(name=name, value=value, unit="") for name, value in named.items())
    return sum(defect.severity for defect in find_clutter(figures))


@pytest.mark.parametrize("name", ALONE)
def test_a_product_that_lies_alone_has_nothing_strewn_about_it(name: str, estimator: BundledEstimator) -> None:
    assert found_on(opened(name), estimator) == ()


@pytest.mark.parametrize("name", ALONE)
def test_things_strewn_about_raise_the_odds(name: str, estimator: BundledEstimator) -> None:
    strewn = strewn_over(opened(name), opened("kang-dadan/madu-hutan/depan.jpg"), estimator)
    assert odds_on(strewn, estimator) > odds_on(opened(name), estimator) + 1


@pytest.mark.parametrize("name", ["pak-asep/cangkir-keramik/depan.jpg", "ibu-sari/keranjang-rotan/depan.jpg"])
def test_things_around_a_cup_and_a_basket_are_found(name: str, estimator: BundledEstimator) -> None:
    strewn = strewn_over(opened(name), opened("bu-euis/sambal-bawang/depan.jpg"), estimator)
    (defect,) = found_on(strewn, estimator)
    assert defect.code is DefectCode.CLUTTERED_BACKGROUND


def test_things_are_found_where_the_product_is_not_known(estimator: BundledEstimator) -> None:
    alone = opened("pak-asep/cangkir-keramik/depan.jpg")
    strewn = strewn_over(alone, opened("bu-euis/sambal-bawang/depan.jpg"), estimator)
    untrusted = (reduce(picture, estimator.estimate(picture), UNREACHED) for picture in (alone, strewn))
    assert [len(find_clutter(measure_background(subject))) for subject in untrusted] == [0, 1]


def test_a_few_cells_must_agree() -> None:
    odds = np.full((18, 16), -5, np.float32)
    odds[3, 3] = 11
    assert surest(odds) == pytest.approx((11 - 5 * (CELLS - 1)) / CELLS)


@given(st.floats(0, 1), st.floats(-20, 20), st.floats(0, 1), st.floats(0, 1))
def test_it_is_the_graver_the_more_things_are_expected(
    clutter: float, odds: float, covered: float, more: float
) -> None:
    assert gravity(clutter, odds, covered + more) >= gravity(clutter, odds, covered)


@given(st.floats(0, 1), st.floats(-20, 20), st.floats(0, 1))
def test_edges_and_things_are_one_defect_the_graver_of_the_two(
    clutter: float, odds: float, covered: float
) -> None:
    assert gravity(clutter, odds, covered) == max(gravity(clutter, None, None), gravity(None, odds, covered))


def test_things_that_nobody_is_sure_of_are_no_defect_however_many_they_may_be() -> None:
    assert gravity(None, FEW, 0.2) == 0
    assert gravity(None, FEW + 0.1, 0.2) > 0
