from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from models.geometry import Box
from processing.assess.framing import find_misframing, measure_framing
from processing.assess.subject import Subject
from processing.extent import Side

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]

ALONG = {
    Side.LEFT: Box(left=0, top=0, right=0.04, bottom=1),
    Side.TOP: Box(left=0, top=0, right=1, bottom=0.04),
    Side.RIGHT: Box(left=0.96, top=0, right=1, bottom=1),
    Side.BOTTOM: Box(left=0, top=0.96, right=1, bottom=1),
}


def test_a_whole_product_has_no_defect(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    framing = {one.name: one.value for one in measure_framing(subject_of(pixels, alpha))}
    assert framing["fill"] == pytest.approx(421 / 768)
    assert framing["margin_left"] == pytest.approx(300 / 1024)
    assert framing["margin_bottom"] == pytest.approx(167 / 768)
    assert framing["cut_left"] == 0
    assert find_misframing(measure_framing(subject_of(pixels, alpha))) == ()


@pytest.mark.parametrize("side", list(Side))
def test_a_product_cut_off_at_a_side_is_found_there(
    side: Side, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    vertical, horizontal = slice(180, 600), slice(300, 720)
    match side:
        case Side.LEFT:
            horizontal = slice(0, 720)
        case Side.TOP:
            vertical = slice(0, 600)
        case Side.RIGHT:
            horizontal = slice(300, None)
        case Side.BOTTOM:
            vertical = slice(180, None)
    alpha[vertical, horizontal] = 1
    (defect,) = find_misframing(measure_framing(subject_of(pixels, alpha)))
    assert defect.code is DefectCode.CUT_OFF
    assert defect.severity > 0.3
    assert defect.box == ALONG[side]


def test_a_hanger_and_chopsticks_that_leave_the_photo_cut_nothing_off(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    alpha[:200, 500:530] = 1
    alpha[380:420, 700:] = 1
    found = {defect.code for defect in find_misframing(measure_framing(subject_of(pixels, alpha)))}
    assert DefectCode.CUT_OFF not in found


def test_a_small_thing_beside_the_product_that_leaves_the_photo_cuts_nothing_off(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    alpha[300:500, 850:] = 1
    framing = {one.name: one.value for one in measure_framing(subject_of(pixels, alpha))}
    assert framing["cut_right"] == 0
    alpha[150:620, 780:] = 1
    framing = {one.name: one.value for one in measure_framing(subject_of(pixels, alpha))}
    assert framing["cut_right"] > 0.3


def test_a_product_small_in_its_photo_is_found_where_it_is(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    small = np.zeros_like(alpha)
    small[336:432, 512:640] = 1
    (defect,) = find_misframing(measure_framing(subject_of(pixels, small)))
    assert defect.code is DefectCode.SMALL_IN_FRAME
    assert defect.box is not None
    assert (defect.box.left, defect.box.top) == (0.5, 0.4375)
    assert (defect.box.width, defect.box.height) == (0.125, 0.125)


@pytest.mark.parametrize(("across", "down"), [(-200, 0), (230, 0), (0, -150), (0, 140)])
def test_a_product_far_beside_the_middle_is_found(
    across: int, down: int, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    moved = np.zeros_like(alpha)
    moved[234 + down : 534 + down, 362 + across : 662 + across] = 1
    framing = measure_framing(subject_of(pixels, moved))
    figures = {one.name: one.value for one in framing}
    assert figures["offset_across"] == pytest.approx(across / 1024)
    assert figures["offset_down"] == pytest.approx(down / 768)
    (defect,) = find_misframing(framing)
    assert defect.code is DefectCode.OFF_CENTRE


def test_where_the_middle_of_a_product_is_cannot_be_told_along_an_axis_that_cuts_it_off(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    alpha[180:601, 700:] = 1
    figures = {one.name: one.value for one in measure_framing(subject_of(pixels, alpha))}
    assert figures["offset_across"] is None
    assert figures["offset_down"] is not None


def test_framing_cannot_be_checked_where_the_product_is_not_known(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    framing = measure_framing(subject_of(pixels, np.ones_like(alpha), trust=0.0))
    assert all(one.value is None for one in framing)
    assert find_misframing(framing) == ()
