from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.assessment import DefectCode
from models.matte import Matte
from models.picture import Picture, Source
from processing.assess.straightness import HARMLESS, find_tilt, measure_straightness
from processing.assess.subject import Subject, reduce
from processing.assess.symmetry import measure_lean

SIDE = 512
SHIRT = [(-40, -120), (40, -120), (130, -60), (105, 0), (65, -20), (65, 130), (-65, 130), (-65, -20), (-105, 0)]
SHIRT += [(-130, -60)]
BOX = [(-70, -120), (70, -120), (70, 120), (-70, 120)]


def laid(outline: list[tuple[int, int]], degrees: float) -> Subject:
    """A flat thing of this outline, turned clockwise by so much."""
    turn = np.radians(degrees)
    onto = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    alpha = np.zeros((SIDE, SIDE), np.float32)
    corners = np.rint(np.array(outline) @ onto + SIDE / 2).astype(np.int32)
    cv2.fillPoly(alpha, [corners], 1.0)
    picture = Picture(
        np.full((SIDE, SIDE, 3), 200, np.uint8), Source(format="JPEG", width=SIDE, height=SIDE, bytes=9)
    )
    return reduce(picture, Matte(alpha, 1.0), 0.5)


@pytest.mark.parametrize("outline", [SHIRT, BOX], ids=["shirt", "box"])
@pytest.mark.parametrize("degrees", [-30, -15, 12, 20, 40])
def test_a_lean_is_measured_and_found(outline: list[tuple[int, int]], degrees: float) -> None:
    figures = measure_straightness(laid(outline, degrees))
    assert figures[0].value == pytest.approx(degrees, abs=2)
    (defect,) = find_tilt(figures)
    assert defect.code is DefectCode.TILTED


@pytest.mark.parametrize("outline", [SHIRT, BOX], ids=["shirt", "box"])
@pytest.mark.parametrize("degrees", [-6, 0, 4])
def test_what_is_as_good_as_straight_is_no_defect(outline: list[tuple[int, int]], degrees: float) -> None:
    assert find_tilt(measure_straightness(laid(outline, degrees))) == ()


def test_a_round_thing_has_no_lean() -> None:
    plate = [(round(110 * np.cos(turn)), round(110 * np.sin(turn))) for turn in np.linspace(0, 2 * np.pi, 90)]
    figures = measure_straightness(laid(plate, 0))
    assert figures[0].value is None
    assert find_tilt(figures) == ()


def test_two_thin_lines_have_no_lean() -> None:
    alpha = np.zeros((256, 256), np.float32)
    alpha[20:236, 20] = alpha[235, 20:236] = 1.0
    assert measure_lean(alpha, 256, 256) is None


@given(st.floats(-45, 45), st.floats(0, 45))
def test_more_lean_is_never_less_grave(degrees: float, more: float) -> None:
    (figure,) = measure_straightness(laid(BOX, 0))
    severities = [
        sum(defect.severity for defect in find_tilt((figure.model_copy(update={"value": value}),)))
        for value in (degrees, degrees + np.copysign(more, degrees))
    ]
    assert severities[0] <= severities[1]
    assert (severities[0] > 0) == (abs(degrees) > HARMLESS)


def test_where_the_product_is_not_known_nothing_leans(
    pixels: NDArray[np.uint8], alpha: NDArray[np.float32], subject_of: Callable[..., Subject]
) -> None:
    (figure,) = measure_straightness(subject_of(pixels, alpha, trust=0.0))
    assert figure.value is None
