from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.compression import find_blocks, measure_compression
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


def compressed(pixels: Pixels, quality: int) -> Pixels:
    down, across = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    shade = 30 * np.sin(across / 70 + down / 90) + 20 * np.sin(down / 40 - across / 60)
    shaded = np.clip(pixels + shade[:, :, None], 0, 255).astype(np.uint8)
    return np.asarray(
        cv2.imdecode(cv2.imencode(".jpg", shaded, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1), np.uint8
    )


def value(subject: Subject) -> float:
    (figure,) = measure_compression(subject)
    assert figure.value is not None
    return figure.value


def test_a_jpeg_of_good_quality_has_no_blocks(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    assert find_blocks(measure_compression(subject_of(compressed(pixels, 85), alpha))) == ()


def test_a_jpeg_of_bad_quality_falls_into_blocks(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    (defect,) = find_blocks(measure_compression(subject_of(compressed(pixels, 5), alpha)))
    assert defect.code is DefectCode.JPEG_ARTIFACTS


@pytest.mark.parametrize(("left", "top"), [(0, 0), (3, 5), (7, 1)])
def test_blocks_are_found_after_a_crop_and_a_turn(
    left: int, top: int, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    blocks = compressed(pixels, 5)
    whole = value(subject_of(blocks, alpha))
    cropped = np.ascontiguousarray(np.rot90(blocks[top:, left:]))
    assert value(subject_of(cropped, np.ascontiguousarray(np.rot90(alpha)))) == pytest.approx(whole, rel=0.2)


def test_blocks_matter_less_at_half_the_size(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    blocks = compressed(pixels, 5)
    half = np.asarray(cv2.resize(blocks, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    assert value(subject_of(half, alpha)) < value(subject_of(blocks, alpha))


@pytest.mark.parametrize("period", [12, 16, 24])
def test_a_checked_cloth_is_no_jpeg(period: int, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    down, across = np.mgrid[: alpha.shape[0], : alpha.shape[1]]
    checks = np.where((down // period + across // period) % 2, 90, 180).astype(np.uint8)
    soft = cv2.GaussianBlur(checks, (0, 0), 0.8)
    assert find_blocks(measure_compression(subject_of(np.repeat(soft[:, :, None], 3, axis=2), alpha))) == ()


def test_a_photo_of_few_blocks_cannot_be_checked(subject_of: Callable[..., Subject]) -> None:
    (figure,) = measure_compression(subject_of(np.zeros((40, 90, 3), np.uint8), np.ones((40, 90), np.float32)))
    assert figure.value is None
