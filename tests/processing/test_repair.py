"""What can be mended is told before the work, and a repair that makes nothing better is not used."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.assessment import Assessment, Defect, DefectCode
from models.recipe import Tone
from models.repair import Remedy
from processing import repair
from processing.repair import (
    BY_FRAMING,
    BY_LIGHT,
    BY_SELLER,
    REACH,
    look_at_repairs,
    mend_light,
    predict_remedy,
    severities,
    subject_of,
)

Photo = NDArray[np.uint8]


def scene(level: int) -> tuple[Photo, NDArray[np.float32]]:
    """A product of two tones in the middle of a brown table, with its matte."""
    pixels = np.full((240, 240, 3), (level // 2, level // 3, level // 4), np.uint8)
    pixels[60:180, 60:180] = (level, level, level * 9 // 10)
    pixels[100:140, 100:140] = level // 2
    alpha = np.zeros((240, 240), np.float32)
    alpha[60:180, 60:180] = 1
    return pixels, alpha


def found(*defects: Defect) -> Assessment:
    return Assessment(score=50, parts={}, measurements=(), defects=defects)


def test_every_defect_is_somebodys_to_mend_and_of_one_alone() -> None:
    assert {code.value for code in DefectCode} <= BY_LIGHT | BY_FRAMING | BY_SELLER
    assert not BY_LIGHT & BY_FRAMING
    assert not (BY_LIGHT | BY_FRAMING) & BY_SELLER


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("code", [code for code in DefectCode if code in BY_SELLER])
def test_what_is_lost_is_never_said_to_be_mended(code: DefectCode, trusted: bool) -> None:
    assert predict_remedy(Defect(code=code, severity=0.1), trusted=trusted) is Remedy.RETAKE


def test_framing_is_mended_where_the_product_can_be_cut_out_and_light_where_there_is_enough() -> None:
    small = Defect(code=DefectCode.SMALL_IN_FRAME, severity=0.9)
    assert predict_remedy(small, trusted=True) is Remedy.REPAIR
    assert predict_remedy(small, trusted=False) is Remedy.RETAKE
    dim, dark = (Defect(code=DefectCode.UNDEREXPOSED, severity=amount) for amount in (REACH, REACH + 0.01))
    assert predict_remedy(dim, trusted=False) is Remedy.REPAIR
    assert predict_remedy(dark, trusted=True) is Remedy.RETAKE


@given(level=st.integers(0, 255))
def test_mended_light_is_better_or_the_photo_stays_as_it_was(level: int) -> None:
    pixels, alpha = scene(level)
    mended = mend_light(pixels, alpha, Tone())
    before, after = (severities(subject_of(one, alpha), BY_LIGHT) for one in (pixels, mended))

    assert all(after[code] <= before[code] for code in before)
    assert mended is pixels or not any(before.values()) or any(after[code] < before[code] for code in before)


def test_a_dim_photo_is_lifted_and_the_gain_is_told() -> None:
    pixels, alpha = scene(104)
    mended = mend_light(pixels, alpha, Tone())
    dim = Defect(code=DefectCode.UNDEREXPOSED, severity=0.35)
    (done,) = look_at_repairs(found(dim), mended, mended, alpha, trusted=True)

    assert mended is not pixels
    assert done.code is DefectCode.UNDEREXPOSED
    assert done.worked
    assert done.before == dim.severity


@pytest.mark.parametrize("harm", [0, 255])
def test_a_repair_that_makes_it_worse_or_no_better_is_not_used(harm: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pixels, alpha = scene(104)
    monkeypatch.setattr(repair, "tone", lambda given, *rest: np.full_like(given, harm))
    assert mend_light(pixels, alpha, Tone()) is pixels
    monkeypatch.setattr(repair, "tone", lambda given, *rest: given.copy())
    assert mend_light(pixels, alpha, Tone()) is pixels


def test_of_what_only_the_seller_can_mend_nothing_is_tried() -> None:
    pixels, alpha = scene(200)
    blurred = found(Defect(code=DefectCode.BLUR, severity=0.8), Defect(code=DefectCode.CUT_OFF, severity=0.3))

    assert look_at_repairs(blurred, pixels, pixels, alpha, trusted=True) == ()
