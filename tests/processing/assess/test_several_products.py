from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.several_products import find_several_products, measure_several_products
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]
Build = Callable[..., Subject]

RED, BLUE = (190, 40, 40), (40, 60, 170)


def beside_each_other(
    *things: tuple[int, int, tuple[int, int, int]], height: int = 768, width: int = 1024
) -> tuple[Pixels, Alpha]:
    """Things of this width, height and colour in a row."""
    pixels, alpha = np.full((height, width, 3), 210, np.uint8), np.zeros((height, width), np.float32)
    left = 80
    for wide, high, colour in things:
        top = (height - high) // 2
        pixels[top : top + high, left : left + wide] = colour
        alpha[top : top + high, left : left + wide] = 1
        left += wide + 80
    return pixels, alpha


@pytest.mark.parametrize("second", [(300, 500, BLUE), (180, 300, RED), (180, 260, BLUE)])
def test_two_different_things_are_found(second: tuple[int, int, tuple[int, int, int]], subject_of: Build) -> None:
    figures = measure_several_products(subject_of(*beside_each_other((300, 500, RED), second)))
    (defect,) = find_several_products(figures)
    assert defect.code is DefectCode.MULTIPLE_PRODUCTS
    wide, high, _ = second
    assert defect.box is not None
    assert (defect.box.left, defect.box.top) == pytest.approx((460 / 1024, (768 - high) / 2 / 768), abs=0.02)
    assert (defect.box.width, defect.box.height) == pytest.approx((wide / 1024, high / 768), abs=0.04)


@pytest.mark.parametrize(
    "things",
    [
        [(400, 500, RED)],
        [(200, 500, RED), (200, 500, RED)],
        [(160, 400, RED), (170, 380, RED), (150, 390, RED)],
        [(400, 600, RED), (40, 60, BLUE)],
    ],
    ids=["one", "pair", "set", "with a tag"],
)
def test_one_thing_a_pair_and_a_set_are_one_product(
    things: list[tuple[int, int, tuple[int, int, int]]], subject_of: Build
) -> None:
    assert find_several_products(measure_several_products(subject_of(*beside_each_other(*things)))) == ()


def test_the_larger_the_other_thing_the_graver(subject_of: Build) -> None:
    severities = []
    for side in (0, 100, 200, 300, 400):
        figures = measure_several_products(subject_of(*beside_each_other((400, 500, RED), (side, side, BLUE))))
        severities.append(sum(defect.severity for defect in find_several_products(figures)))
    assert severities == sorted(severities)
    assert severities[-1] > severities[0] == 0


def test_a_thing_that_the_cut_out_leaves_out_is_found_and_nothing_within_reach_of_product_or_side(
    subject_of: Build,
) -> None:
    pixels, alpha = beside_each_other((300, 500, RED))
    pixels[:, ::2] -= 6  # weave
    at_the_side, between, apart = pixels.copy(), pixels.copy(), pixels.copy()
    at_the_side[300:500, 874:] = BLUE
    between[300:500, 380:560] = BLUE
    apart[300:500, 600:780] = BLUE
    for photo in (pixels, at_the_side, between):
        assert find_several_products(measure_several_products(subject_of(photo, alpha))) == ()
    (defect,) = find_several_products(measure_several_products(subject_of(apart, alpha)))
    assert defect.code is DefectCode.MULTIPLE_PRODUCTS
    assert defect.box is not None
    assert (defect.box.left, defect.box.right) == pytest.approx((600 / 1024, 780 / 1024), abs=0.03)
    assert (defect.box.top, defect.box.bottom) == pytest.approx((300 / 768, 500 / 768), abs=0.03)


def test_things_cannot_be_told_apart_where_the_product_is_not_known(
    pixels: Pixels, alpha: Alpha, subject_of: Build
) -> None:
    figures = measure_several_products(subject_of(pixels, alpha, trust=0.0))
    assert figures[0].value is None
    assert find_several_products(figures) == ()


def test_no_more_than_the_largest_are_shown(subject_of: Build) -> None:
    small = [(60, 60 + 20 * number, BLUE) for number in range(5)]
    found = find_several_products(
        measure_several_products(subject_of(*beside_each_other((200, 500, RED), *small)))
    )
    heights = [defect.box.height * 768 for defect in found if defect.box]
    assert heights == pytest.approx([140, 120, 100], abs=24)
    assert len({defect.severity for defect in found}) == 1
