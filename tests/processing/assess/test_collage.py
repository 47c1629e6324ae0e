from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.collage import FEWEST_PIXELS, find_collage, measure_collage
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Build = Callable[..., Subject]


def other(pixels: Pixels) -> Pixels:
    """A photo of the same thing on another table."""
    return np.asarray(np.clip(pixels[:, ::-1] * np.array((0.9, 0.6, 0.4)), 0, 255), np.uint8)


def looked_at(pixels: Pixels, subject_of: Build) -> Subject:
    return subject_of(pixels, np.zeros(pixels.shape[:2], np.float32))


@pytest.mark.parametrize("gap", [0, 6, 20])
def test_photos_put_together_are_found_at_their_seam(gap: int, pixels: Pixels, subject_of: Build) -> None:
    beside = np.hstack([pixels, np.full((len(pixels), gap, 3), 255, np.uint8), other(pixels)])
    seam = measure_collage(looked_at(beside, subject_of))
    (defect,) = find_collage(seam)
    assert defect.code is DefectCode.COLLAGE
    (strip,) = seam[0].boxes
    assert defect.box == strip
    assert strip.left < 0.5 + gap / len(beside[0]) < strip.right + 0.02
    assert (strip.top, strip.bottom) == (0, 1)

    above = np.vstack([pixels, np.full((gap, pixels.shape[1], 3), 255, np.uint8), other(pixels)])
    assert len(find_collage(measure_collage(looked_at(above, subject_of)))) == 1


def test_four_photos_in_one_are_found(pixels: Pixels, subject_of: Build) -> None:
    row = np.hstack([pixels, other(pixels)])
    four = np.vstack([row, row[:, ::-1]])
    assert len(find_collage(measure_collage(looked_at(four, subject_of)))) == 1


def test_one_photo_has_no_seam(pixels: Pixels, subject_of: Build) -> None:
    assert find_collage(measure_collage(looked_at(pixels, subject_of))) == ()


def test_the_edge_of_a_table_is_no_seam(pixels: Pixels, subject_of: Build) -> None:
    for soft, slant in ((1.5, 0.0), (0.7, 0.01)):
        down, across = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
        below = (down > 500 + slant * across)[..., None]
        table = cv2.GaussianBlur(np.where(below, (120, 80, 50), (200, 200, 200)).astype(np.float32), (0, 0), soft)
        assert find_collage(measure_collage(looked_at(table.astype(np.uint8), subject_of))) == ()


def test_cloth_of_straight_stripes_and_of_coarse_weave_has_no_seam(subject_of: Build) -> None:
    rows = np.where(np.arange(768) // 6 % 2, 60, 220).astype(np.uint8)
    stripes = np.broadcast_to(rows[:, None, None], (768, 1024, 3))
    weave = np.random.default_rng(6).integers(0, 256, (768, 1024, 3), np.uint8)
    for cloth in (stripes, weave):
        assert find_collage(measure_collage(looked_at(np.ascontiguousarray(cloth), subject_of))) == ()


def test_a_photo_too_small_to_tell_a_seam_from_a_hem_is_not_checked(pixels: Pixels, subject_of: Build) -> None:
    half = np.asarray(cv2.resize(pixels, (FEWEST_PIXELS // 2, 120)), np.uint8)
    (seam,) = measure_collage(looked_at(np.hstack([half[:, 8:], other(half)]), subject_of))
    assert seam.value is None
    assert find_collage((seam,)) == ()
