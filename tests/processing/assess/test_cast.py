from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.assessment import DefectCode, Measurement
from models.matte import Matte
from models.picture import Picture
from processing.assess.cast import find_cast, measure_cast
from processing.assess.subject import Subject, reduce
from processing.decode.photo import decode
from processing.matte.bundled import BundledEstimator

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]

RAW = Path(__file__).parents[3] / "samples" / "raw"
BY_DAY = (
    "ibu-sari/keranjang-rotan/depan.jpg",
    "ibu-sari/sandal-pandan/depan.jpg",
    "bu-euis/sambal-bawang/depan.jpg",
    "pak-asep/ukiran-jati/depan.jpg",
    "kang-dadan/batik-megamendung/depan.jpg",
)
BROWN = {"ibu-sari/sandal-pandan/depan.jpg", "pak-asep/ukiran-jati/depan.jpg"}
"""Of wood and straw alone: in shade they come near to what is grey by day."""


@pytest.fixture(scope="module")
def estimator() -> BundledEstimator:
    return BundledEstimator()


def opened(name: str) -> Picture:
    return decode((RAW / name).read_bytes(), name=name, min_side=1000)


def under(pixels: Pixels, stops: float) -> Pixels:
    """The scene by light with so many more stops of red than of blue, as bright as before."""
    gains = 2.0 ** (stops * np.array([1 / 3, 0, -2 / 3]))
    gains /= gains @ np.array([0.2126, 0.7152, 0.0722])
    return np.rint(255 * np.clip((pixels / 255) ** 2.2 * gains, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def warmth(picture: Picture, stops: float, estimator: BundledEstimator) -> Measurement:
    lit = Picture(under(picture.pixels, stops), picture.source)
    (figure,) = measure_cast(reduce(lit, estimator.estimate(lit), 0.5))
    return figure


@pytest.mark.parametrize("name", BY_DAY)
def test_daylight_is_told_as_such(name: str, estimator: BundledEstimator) -> None:
    figure = warmth(opened(name), 0, estimator)
    assert figure.unit == "stops"
    assert find_cast((figure,)) == ()


@pytest.mark.parametrize(
    ("name", "stops"), [*((name, 2.2) for name in BY_DAY), *((name, -2.2) for name in BY_DAY if name not in BROWN)]
)
def test_the_light_of_a_lamp_and_of_blue_shade_is_found(
    name: str, stops: float, estimator: BundledEstimator
) -> None:
    figure = warmth(opened(name), stops, estimator)
    assert figure.value is not None
    assert figure.value * stops > 0
    (defect,) = find_cast((figure,))
    assert defect.code is DefectCode.COLOUR_CAST


@pytest.mark.parametrize("name", BY_DAY)
def test_a_warmer_light_measures_warmer(name: str, estimator: BundledEstimator) -> None:
    picture = opened(name)
    values = [warmth(picture, stops, estimator).value or 0 for stops in (-1.6, -0.8, 0, 0.8, 1.6)]
    assert values == sorted(values)


@pytest.mark.parametrize("level", [0, 255])
def test_a_photo_that_is_black_or_clipped_cannot_be_checked(
    level: int, alpha: Alpha, picture_of: Callable[[Pixels], Picture]
) -> None:
    picture = picture_of(np.full((*alpha.shape, 3), level, np.uint8))
    (figure,) = measure_cast(reduce(picture, Matte(alpha, 1.0, warmth=2.0), 0.5))
    assert figure.value is None
    assert find_cast((figure,)) == ()


def test_a_network_that_tells_nothing_of_the_light_leaves_it_unchecked(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    (figure,) = measure_cast(subject_of(pixels, alpha))
    assert figure.value is None


@pytest.mark.parametrize("trust", [0.0, 1.0])
def test_the_light_is_known_whether_or_not_the_matte_is_trusted(
    trust: float, pixels: Pixels, alpha: Alpha, picture_of: Callable[[Pixels], Picture]
) -> None:
    (figure,) = measure_cast(reduce(picture_of(pixels), Matte(alpha, trust, warmth=1.5), 0.5))
    assert figure.value == 1.5


@given(first=st.floats(0, 4), second=st.floats(0, 4), side=st.sampled_from([-1, 1]))
def test_the_further_from_daylight_the_graver(first: float, second: float, side: int) -> None:
    def gravity(stops: float) -> float:
        figure = Measurement(name="warmth", value=side * stops, unit="stops")
        return sum(one.severity for one in find_cast((figure,)))

    near, far = sorted((first, second))
    assert gravity(near) <= gravity(far)
