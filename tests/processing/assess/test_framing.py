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


def test_a_product_small_in_its_photo_is_found_where_it_is(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    small = np.zeros_like(alpha)
    small[384:480, 512:640] = 1
    (defect,) = find_misframing(measure_framing(subject_of(pixels, small)))
    assert defect.code is DefectCode.PRODUCT_SMALL
    assert defect.box is not None
    assert (defect.box.left, defect.box.top) == (0.5, 0.5)
    assert (defect.box.width, defect.box.height) == (0.125, 0.125)


def test_framing_cannot_be_checked_where_the_product_is_not_known(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    framing = measure_framing(subject_of(pixels, np.ones_like(alpha), trust=0.0))
    assert all(one.value is None for one in framing)
    assert find_misframing(framing) == ()
