from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.noise import find_noise, measure_noise
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


def noisy(pixels: Pixels, levels: float, grain: float = 0.0) -> Pixels:
    noise = np.random.default_rng(1).normal(0, 1, pixels.shape)
    if grain:
        noise = cv2.GaussianBlur(noise, (0, 0), grain)
    return np.clip(np.rint(pixels + levels * noise / noise.std()), 0, 255).astype(np.uint8)


def value(subject: Subject) -> float:
    (figure,) = measure_noise(subject)
    assert figure.value is not None
    return figure.value


def test_a_clean_photo_has_no_noise(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    figures = measure_noise(subject_of(pixels, alpha))
    assert figures[0].value == pytest.approx(0, abs=0.5)
    assert find_noise(figures) == ()


@pytest.mark.parametrize("grain", [0.0, 0.7])
def test_noise_is_found_also_where_it_is_grainy_and_compressed(
    grain: float, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    stored = cv2.imencode(".jpg", noisy(pixels, 14, grain), [cv2.IMWRITE_JPEG_QUALITY, 85])[1]
    (defect,) = find_noise(measure_noise(subject_of(np.asarray(cv2.imdecode(stored, 1), np.uint8), alpha)))
    assert defect.code is DefectCode.NOISE


def test_more_noise_measures_more(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    values = [value(subject_of(noisy(pixels, levels), alpha)) for levels in (0, 3, 6, 12, 24)]
    assert values == sorted(values)
    # Half size halves it, luma is 0.67 of one channel's, and the plainest blocks have a little less.
    assert values[3] == pytest.approx(12 * 0.67 / 2, rel=0.3)


def test_texture_on_a_part_of_the_photo_is_no_noise(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    rough = np.where(alpha[:, :, None] > 0, noisy(pixels, 40), pixels)
    assert find_noise(measure_noise(subject_of(rough, alpha))) == ()


def test_a_photo_that_is_all_white_cannot_be_checked(alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    (figure,) = measure_noise(subject_of(np.full((*alpha.shape, 3), 255, np.uint8), alpha))
    assert figure.value is None


def test_a_photo_of_few_pixels_cannot_be_checked(subject_of: Callable[..., Subject]) -> None:
    (figure,) = measure_noise(subject_of(np.zeros((60, 60, 3), np.uint8), np.ones((60, 60), np.float32)))
    assert figure.value is None
