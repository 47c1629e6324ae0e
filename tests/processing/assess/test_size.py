from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from models.picture import Source
from processing.assess.size import find_smallness, measure_size
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


def source(width: int, height: int) -> Source:
    return Source(format="JPEG", width=width, height=height, bytes=1)


def test_pixels_are_counted_on_the_source(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    side, extent = measure_size(source(4096, 3072), subject_of(pixels, alpha))
    assert side.value == 3072
    assert extent.value == 421 * 4
    assert find_smallness((side, extent)) == ()


def test_a_tiny_photo_is_too_small(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    subject = subject_of(pixels, alpha, trust=0.0)
    (defect,) = find_smallness(measure_size(source(320, 240), subject))
    assert defect.code is DefectCode.TOO_SMALL
    assert defect.severity == pytest.approx(0.8)


def test_a_product_of_few_pixels_in_a_large_photo_is_too_small(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    speck = np.zeros_like(alpha)
    speck[300:360, 400:460] = 1
    assert find_smallness(measure_size(source(2048, 1536), subject_of(pixels, speck)))


def test_an_unknown_product_is_not_held_against_the_photo(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    size = measure_size(source(1600, 1200), subject_of(pixels, alpha, trust=0.0))
    assert size[1].value is None
    assert find_smallness(size) == ()
