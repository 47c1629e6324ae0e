from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from models.picture import Source
from processing.assess.size import find_smallness, measure_size
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


def sized(subject: Subject, width: int, height: int) -> Subject:
    source = Source(format="JPEG", width=width, height=height, bytes=1)
    return replace(subject, picture=replace(subject.picture, source=source))


def test_pixels_are_counted_on_the_source(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    side, extent = measure_size(sized(subject_of(pixels, alpha), 4096, 3072))
    assert side.value == 3072
    assert extent.value == 421 * 4
    assert find_smallness((side, extent)) == ()


def test_a_tiny_photo_is_too_small(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    subject = sized(subject_of(pixels, alpha, trust=0.0), 320, 240)
    (defect,) = find_smallness(measure_size(subject))
    assert defect.code is DefectCode.LOW_RESOLUTION
    assert defect.severity == pytest.approx(0.8)


def test_a_product_of_few_pixels_in_a_large_photo_is_too_small(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    speck = np.zeros_like(alpha)
    speck[300:360, 400:460] = 1
    assert find_smallness(measure_size(sized(subject_of(pixels, speck), 2048, 1536)))


def test_an_unknown_product_is_not_held_against_the_photo(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    size = measure_size(sized(subject_of(pixels, alpha, trust=0.0), 1600, 1200))
    assert size[1].value is None
    assert find_smallness(size) == ()
