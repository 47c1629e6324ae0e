"""Who is to mend a defect is told before the work, and what came of it is looked at after it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.assessment import Assessment, Defect, DefectCode
from models.repair import HARDLY_SEEN, Remedy, Repair
from processing.repair import BY_FRAMING, BY_LIGHT, CUT_AWAY, look_at_repairs, predict_remedy

BY_SELLER = frozenset(
    {
        "blur",
        "motion_blur",
        "upscaled",
        "overexposed",
        "low_contrast",
        "noise",
        "jpeg_artifacts",
        "low_resolution",
        "cut_off",
        "multiple_products",
        "collage",
        "text_overlay",
        "watermark",
        "screenshot",
        "blank",
    }
)
"""What is lost, or was never there: no filter brings it back, and whatever looks as if it did has made it up."""

Photo = NDArray[np.uint8]


def finished(left: int) -> tuple[Photo, NDArray[np.float32]]:
    """Return a square product on white, whose left side is at that px of 240, and its matte."""
    pixels = np.full((240, 240, 3), 255, np.uint8)
    alpha = np.zeros((240, 240), np.float32)
    alpha[60:180, left : left + 120] = 1
    pixels[alpha > 0] = (180, 120, 70)
    return pixels, alpha


def found(*defects: Defect) -> Assessment:
    return Assessment(score=50, parts={}, measurements=(), defects=defects)


def test_every_defect_is_somebodys_to_mend_and_of_one_alone() -> None:
    assert {code.value for code in DefectCode} <= BY_LIGHT | BY_FRAMING | BY_SELLER
    assert not BY_LIGHT & BY_FRAMING
    assert not (BY_LIGHT | BY_FRAMING) & BY_SELLER
    assert CUT_AWAY < BY_FRAMING


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("code", [code for code in DefectCode if code in BY_SELLER])
def test_what_is_lost_is_never_said_to_be_mended(code: DefectCode, trusted: bool) -> None:
    assert predict_remedy(Defect(code=code, severity=0.8, foreseen=0.0), trusted=trusted) is Remedy.RETAKE


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("code", [code for code in DefectCode if code in BY_LIGHT])
def test_light_is_said_to_be_mended_only_where_that_was_tried(code: DefectCode, trusted: bool) -> None:
    untried, mended, better = (Defect(code=code, severity=0.3, foreseen=left) for left in (None, 0.1, 0.25))
    assert predict_remedy(untried, trusted=trusted) is Remedy.RETAKE
    assert predict_remedy(mended, trusted=trusted) is Remedy.REPAIR
    assert predict_remedy(better, trusted=trusted) is Remedy.RETAKE


@pytest.mark.parametrize("code", [code for code in DefectCode if code in BY_FRAMING])
def test_framing_is_said_to_be_mended_only_where_the_product_can_be_cut_out_and_nothing_is_left(
    code: DefectCode,
) -> None:
    gone, left = (Defect(code=code, severity=0.9, foreseen=amount) for amount in (0.0, 0.9))
    assert predict_remedy(gone, trusted=True) is Remedy.REPAIR
    assert predict_remedy(gone, trusted=False) is Remedy.RETAKE
    assert predict_remedy(left, trusted=True) is Remedy.RETAKE


@given(before=st.floats(0.01, 1), after=st.floats(0, 1))
def test_what_became_little_better_by_another_crop_has_not_been_mended(before: float, after: float) -> None:
    worked = Repair(code=DefectCode.TILTED, before=before, after=after).worked
    assert worked == (after <= before / 2 and after <= HARDLY_SEEN)


def test_framing_is_looked_at_on_the_finished_picture_whatever_was_foreseen() -> None:
    aside = found(Defect(code=DefectCode.OFF_CENTRE, severity=0.5, foreseen=0.0))
    (straight,) = look_at_repairs(aside, *finished(60), trusted=True)
    (missed,) = look_at_repairs(aside, *finished(110), trusted=True)
    assert (straight.before, straight.after, straight.worked) == (0.5, 0.0, True)
    assert not missed.worked


def test_light_is_as_it_was_on_the_whole_photo_whatever_the_frame_shows() -> None:
    dim = found(Defect(code=DefectCode.UNDEREXPOSED, severity=0.3, foreseen=0.12))
    assert look_at_repairs(dim, *finished(60), trusted=False) == (
        Repair(code=DefectCode.UNDEREXPOSED, before=0.3, after=0.12),
    )


def test_of_what_only_the_seller_can_mend_nothing_is_tried() -> None:
    hers = found(
        Defect(code=DefectCode.BLUR, severity=0.8),
        Defect(code=DefectCode.UNDEREXPOSED, severity=0.7, foreseen=0.5),
        Defect(code=DefectCode.CUT_OFF, severity=0.3),
    )
    assert look_at_repairs(hers, *finished(60), trusted=True) == ()
