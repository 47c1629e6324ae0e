from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.resolution import find_enlargement, measure_resolution
from processing.assess.sharpness import find_blur, measure_sharpness
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]

WAYS = [cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4]


def enlarged(pixels: Pixels, factor: float, way: int = cv2.INTER_CUBIC) -> Pixels:
    small = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, None, fx=factor, fy=factor, interpolation=way), np.uint8)


def share(subject: Subject) -> float:
    (figure,) = measure_resolution(subject)
    assert figure.value is not None
    return figure.value


@pytest.mark.parametrize("trust", [1.0, 0.0])
def test_a_photo_as_the_camera_took_it_uses_its_resolution(
    trust: float, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    figures = measure_resolution(subject_of(pixels, alpha, trust))
    assert figures[0].value is not None
    assert figures[0].value > 0.8
    assert find_enlargement(figures) == ()


@pytest.mark.parametrize("way", WAYS)
def test_a_fourfold_enlargement_is_found_whatever_made_it(
    way: int, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    (defect,) = find_enlargement(measure_resolution(subject_of(enlarged(pixels, 4, way), alpha)))
    assert defect.code is DefectCode.UPSCALED
    assert defect.severity > 0.2


def test_the_more_a_photo_is_enlarged_the_less_of_its_resolution_it_uses(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    shares = [share(subject_of(enlarged(pixels, factor), alpha)) for factor in (1, 1.5, 2, 3, 4)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.4


def test_an_enlarged_photo_is_not_called_blurred_at_the_working_scale(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    assert find_blur(measure_sharpness(subject_of(enlarged(pixels, 4), alpha))) == ()


def test_what_is_blurred_is_not_called_enlarged(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    blurred = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 6), np.uint8)
    (figure,) = measure_resolution(subject_of(blurred, alpha))
    assert figure.value is None


def test_a_product_without_detail_cannot_be_checked(alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    (figure,) = measure_resolution(subject_of(np.full((*alpha.shape, 3), 210, np.uint8), alpha))
    assert figure.value is None


def test_a_photo_smaller_than_a_tile_cannot_be_checked(subject_of: Callable[..., Subject]) -> None:
    (figure,) = measure_resolution(subject_of(np.zeros((40, 50, 3), np.uint8), np.ones((40, 50), np.float32)))
    assert figure.value is None
