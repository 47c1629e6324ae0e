from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.sharpness import HARMLESS, find_blur, measure_sharpness
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


def blurred(pixels: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8)


def shaken(pixels: Pixels, length: int) -> Pixels:
    return np.asarray(cv2.blur(pixels, (length, 1)), np.uint8)


def test_a_sharp_photo_has_no_defect(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    figures = measure_sharpness(subject_of(pixels, alpha))
    assert figures[0].value is not None
    assert figures[0].value < 0.8
    assert find_blur(figures) == ()


@pytest.mark.parametrize("trust", [1.0, 0.0])
def test_a_gaussian_blur_of_six_px_is_found(
    trust: float, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    (defect,) = find_blur(measure_sharpness(subject_of(blurred(pixels, 6), alpha, trust)))
    assert defect.code is DefectCode.BLUR
    assert defect.severity > 0.3


def test_the_width_of_a_blur_is_measured_in_px(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    widths = [measure_sharpness(subject_of(blurred(pixels, sigma), alpha))[0].value for sigma in (4, 6, 8)]
    assert widths == pytest.approx([2, 3, 4], rel=0.3)
    assert widths == sorted(widths)


def test_motion_along_one_direction_is_found(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    (defect,) = find_blur(measure_sharpness(subject_of(shaken(pixels, 25), alpha)))
    assert defect.code is DefectCode.MOTION_BLUR


@pytest.mark.parametrize("angle", [0, 30, 75, 120, 165])
def test_the_direction_of_a_motion_is_measured_in_degrees(
    angle: int, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    # The same scene shaken sideways, seen by a camera that is turned the other way.
    turn = cv2.getRotationMatrix2D((512, 384), angle, 1)
    shot = cv2.warpAffine(shaken(pixels, 25), turn, (1024, 768), borderMode=cv2.BORDER_REFLECT)
    where = cv2.warpAffine(alpha, turn, (1024, 768))
    _, _, measured = measure_sharpness(subject_of(np.asarray(shot, np.uint8), np.asarray(where, np.float32)))
    assert measured.unit == "degrees"
    assert measured.value is not None
    assert abs((measured.value - angle + 90) % 180 - 90) < 12


def test_defocus_has_no_direction(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    figures = measure_sharpness(subject_of(blurred(pixels, 6), alpha))
    assert figures[2].value is None
    assert {defect.code for defect in find_blur(figures)} == {DefectCode.BLUR}


def test_a_longer_motion_is_graver(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    found = [find_blur(measure_sharpness(subject_of(shaken(pixels, length), alpha))) for length in (1, 15, 25, 41)]
    amounts = [defects[0].severity if defects else 0.0 for defects in found]
    assert amounts == sorted(amounts)
    assert amounts[-1] > 0.3


def test_noise_and_jpeg_do_not_hide_a_blur(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    noise = np.random.default_rng(0).normal(0, 4, pixels.shape)
    noisy = np.clip(blurred(pixels, 6) + noise, 0, 255).astype(np.uint8)
    decoded = np.asarray(cv2.imdecode(cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 75])[1], 1), np.uint8)
    assert find_blur(measure_sharpness(subject_of(decoded, alpha)))


def test_a_blurred_background_does_not_count(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    pixels[::9, :] = 90
    sharp = np.where(alpha[:, :, None] > 0, pixels, blurred(pixels, 10))
    assert find_blur(measure_sharpness(subject_of(sharp, alpha))) == ()


def test_a_sharp_background_does_not_hide_a_blurred_product(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    soft = cv2.GaussianBlur(alpha, (0, 0), 8)[:, :, None]
    pixels = np.rint(soft * blurred(pixels, 8) + (1 - soft) * 200).astype(np.uint8)
    pixels[:150:4] = pixels[650::4] = 30
    assert find_blur(measure_sharpness(subject_of(pixels, alpha)))


def test_a_product_without_edges_cannot_be_checked(alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    figures = measure_sharpness(subject_of(np.full((*alpha.shape, 3), 210, np.uint8), alpha))
    assert {one.value for one in figures} == {None}
    assert find_blur(figures) == ()


def test_a_plain_product_is_judged_by_its_outline(alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    plain = np.where(alpha[:, :, None] > 0, 90, 210).astype(np.uint8).repeat(3, axis=2)
    sharp, soft = (measure_sharpness(subject_of(one, alpha))[0].value for one in (plain, blurred(plain, 6)))
    assert sharp is not None
    assert soft is not None
    assert sharp < HARMLESS < soft


def test_a_gradient_of_light_is_not_a_blur(alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    shade = np.linspace(60, 220, alpha.shape[1])[None, :, None]
    smooth = np.broadcast_to(shade, (*alpha.shape, 3)).astype(np.uint8)
    assert find_blur(measure_sharpness(subject_of(smooth, alpha))) == ()
