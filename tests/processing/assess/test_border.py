from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.border import find_border, measure_border
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]
Build = Callable[..., Subject]

CREAM = (240, 220, 200)


def scenery(pixels: Pixels) -> Pixels:
    """Behind the product a wall that is lit from one side, as photographed walls are."""
    shade = (
        np.linspace(0.55, 1.0, pixels.shape[1])[None, :, None] * np.linspace(1, 0.9, len(pixels))[:, None, None]
    )
    return np.clip(pixels * shade + np.random.default_rng(1).normal(0, 2, pixels.shape), 0, 255).astype(np.uint8)


def framed(pixels: Pixels, down: int, across: int, colour: tuple[int, int, int]) -> Pixels:
    return np.asarray(
        cv2.copyMakeBorder(pixels, down, down, across, across, cv2.BORDER_CONSTANT, value=colour), np.uint8
    )


def stored(pixels: Pixels) -> Pixels:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 85])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def found(pixels: Pixels, subject_of: Build) -> set[DefectCode]:
    subject = subject_of(pixels, np.zeros(pixels.shape[:2], np.float32))
    return {defect.code for defect in find_border(measure_border(subject))}


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (220, 30, 40), CREAM])
@pytest.mark.parametrize(("down", "across"), [(40, 40), (40, 0), (0, 40), (150, 0)])
def test_frames_and_bars_are_found(
    down: int, across: int, colour: tuple[int, int, int], pixels: Pixels, subject_of: Build
) -> None:
    assert found(stored(framed(scenery(pixels), down, across, colour)), subject_of) == {DefectCode.BORDER}


def test_a_frame_as_light_as_the_photo_but_of_another_colour_is_found(subject_of: Build) -> None:
    grey = np.full((600, 800, 3), 128, np.uint8) + np.random.default_rng(5).integers(0, 5, (600, 800, 3), np.uint8)
    assert found(framed(grey, 40, 40, (60, 150, 195)), subject_of) == {DefectCode.BORDER}


def test_photos_without_a_frame_have_none(pixels: Pixels, subject_of: Build) -> None:
    assert found(scenery(pixels), subject_of) == set()
    assert found(pixels, subject_of) == set()  # a product on one plain colour, such as a cut-out on white
    assert found(np.full_like(pixels, 180), subject_of) == set()


def test_a_wall_above_a_table_is_no_frame(pixels: Pixels, subject_of: Build) -> None:
    wall = scenery(pixels)
    wall[:200] = CREAM
    assert found(wall, subject_of) == set()


def test_each_bar_has_its_place(pixels: Pixels, subject_of: Build) -> None:
    bars = framed(scenery(pixels), 96, 0, (0, 0, 0))
    (share,) = measure_border(subject_of(bars, np.zeros(bars.shape[:2], np.float32)))
    top, bottom = share.boxes
    assert share.value == pytest.approx(0.2, abs=0.01)
    assert top.bottom == pytest.approx(0.1, abs=0.005)
    assert bottom.top == pytest.approx(0.9, abs=0.005)
    assert (top.left, top.top, top.right, bottom.bottom) == (0, 0, 1, 1)
    assert [defect.box for defect in find_border((share,))] == [top, bottom]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(thin=st.integers(12, 120), more=st.integers(1, 120))
def test_a_wider_frame_is_graver(thin: int, more: int, pixels: Pixels, subject_of: Build) -> None:
    shares = []
    for deep in (thin, thin + more):
        photo = framed(scenery(pixels), deep, deep, CREAM)
        (share,) = measure_border(subject_of(photo, np.zeros(photo.shape[:2], np.float32)))
        shares.append(share.value or 0.0)
    assert 0 < shares[0] <= shares[1] + 1 / 512
