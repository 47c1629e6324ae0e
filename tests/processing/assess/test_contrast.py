from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.contrast import find_veil, measure_contrast
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


def veiled(pixels: Pixels, share: float) -> Pixels:
    return np.rint(pixels * (1 - share) + 160 * share).astype(np.uint8)


def test_a_clear_photo_has_no_defect(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    assert find_veil(measure_contrast(subject_of(pixels, alpha))) == ()


def test_a_photo_under_a_veil_lacks_contrast(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    (defect,) = find_veil(measure_contrast(subject_of(veiled(pixels, 0.7), alpha)))
    assert defect.code is DefectCode.LOW_CONTRAST


def test_a_thicker_veil_is_graver(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    found = [find_veil(measure_contrast(subject_of(veiled(pixels, share), alpha))) for share in (0, 0.6, 0.7, 0.8)]
    amounts = [defects[0].severity if defects else 0.0 for defects in found]
    assert amounts == sorted(amounts)
    assert amounts[-1] > amounts[0] == 0


def test_a_dark_photo_lacks_light_and_not_contrast(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    assert find_veil(measure_contrast(subject_of(pixels // 4, alpha))) == ()


def test_white_on_white_cannot_be_checked(alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    pixels = np.where(alpha[:, :, None] > 0, 238, 214).astype(np.uint8).repeat(3, axis=2)
    figures = {one.name: one.value for one in measure_contrast(subject_of(pixels, alpha))}
    assert figures["tonal_range"] is None
    assert figures["black_point"] == pytest.approx(214, abs=2)


def test_strong_colours_are_contrast(alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    pixels = np.where(alpha[:, :, None] > 0, np.array((190, 30, 30)), np.array((60, 80, 190))).astype(np.uint8)
    assert find_veil(measure_contrast(subject_of(pixels, alpha))) == ()
