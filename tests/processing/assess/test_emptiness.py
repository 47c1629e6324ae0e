from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.emptiness import find_emptiness, measure_emptiness
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]
Build = Callable[..., Subject]


def covered(pixels: Pixels, share: float) -> Pixels:
    """A finger before the lens takes so much of the light."""
    veil = np.array((40, 18, 14)) * share
    noise = np.random.default_rng(9).normal(0, 4, pixels.shape)
    return np.clip(cv2.GaussianBlur(pixels, (0, 0), 30) * (1 - share) + veil + noise, 0, 255).astype(np.uint8)


def found(pixels: Pixels, alpha: Alpha, subject_of: Build, trust: float = 1.0) -> list[DefectCode]:
    return [defect.code for defect in find_emptiness(measure_emptiness(subject_of(pixels, alpha, trust)))]


def test_a_covered_lens_and_a_bare_wall_show_nothing(pixels: Pixels, alpha: Alpha, subject_of: Build) -> None:
    nothing = np.zeros_like(alpha)
    wall = np.full_like(pixels, 180) - np.linspace(0, 12, pixels.shape[1]).astype(np.uint8)[None, :, None]
    assert found(covered(pixels, 0.95), nothing, subject_of) == [DefectCode.BLANK]
    assert found(wall, nothing, subject_of) == [DefectCode.BLANK]


def test_a_photo_on_which_we_only_failed_to_find_the_product_is_not_blank(
    pixels: Pixels, alpha: Alpha, subject_of: Build
) -> None:
    assert found(pixels, alpha, subject_of, trust=0.1) == []
    assert found(pixels, np.zeros_like(alpha), subject_of) == []


def test_a_pale_product_on_a_pale_ground_is_not_blank(alpha: Alpha, subject_of: Build) -> None:
    plate = np.full((*alpha.shape, 3), 200, np.uint8) + (alpha * 14).astype(np.uint8)[..., None]
    assert found(plate, alpha, subject_of) == []


def test_the_more_is_covered_the_less_is_left(pixels: Pixels, alpha: Alpha, subject_of: Build) -> None:
    reaches = [
        measure_emptiness(subject_of(covered(pixels, share), alpha, 0.0))[0].value or 0.0
        for share in (0.3, 0.6, 0.8, 0.9, 0.97)
    ]
    assert reaches == sorted(reaches, reverse=True)
