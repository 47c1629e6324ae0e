from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.assessment import DefectCode, Measurement
from processing.assess.cast import BINS, find_cast, histograms, measure_cast
from processing.assess.subject import Subject
from tests.drawn_products import PRODUCTS

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


def under(pixels: Pixels, stops: float) -> Pixels:
    """The scene by light with so many more stops of red than of blue, as bright as before."""
    gains = 2.0 ** (stops * np.array([1 / 3, 0, -2 / 3]))
    gains /= gains @ np.array([0.2126, 0.7152, 0.0722])
    return np.rint(255 * np.clip((pixels / 255) ** 2.2 * gains, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def warmth(subject: Subject) -> float:
    (figure,) = measure_cast(subject)
    assert figure.unit == "stops"
    assert figure.value is not None
    return figure.value


SCENES = ["black shirt", "see-through bag"]


@pytest.mark.parametrize("scene", SCENES)
def test_daylight_is_neutral(scene: str, subject_of: Callable[..., Subject]) -> None:
    subject = subject_of(*PRODUCTS[scene]())
    assert abs(warmth(subject)) < 0.5
    assert find_cast(measure_cast(subject)) == ()


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("stops", [-2.0, 2.0])
def test_the_light_of_a_lamp_and_of_blue_shade_is_found(
    stops: float, scene: str, subject_of: Callable[..., Subject]
) -> None:
    pixels, alpha = PRODUCTS[scene]()
    subject = subject_of(under(pixels, stops), alpha)
    assert warmth(subject) == pytest.approx(stops, abs=0.3)
    (defect,) = find_cast(measure_cast(subject))
    assert defect.code is DefectCode.COLOUR_CAST


@pytest.mark.parametrize("scene", SCENES)
def test_a_warmer_light_measures_warmer(scene: str, subject_of: Callable[..., Subject]) -> None:
    pixels, alpha = PRODUCTS[scene]()
    values = [warmth(subject_of(under(pixels, stops), alpha)) for stops in (-1.6, -0.8, 0, 0.8, 1.6)]
    assert values == sorted(values)


@pytest.mark.parametrize("colour", [(180, 30, 30), (40, 140, 60), (120, 40, 140)])
def test_a_coloured_product_on_a_grey_ground_is_no_cast(
    colour: tuple[int, int, int], alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    shade = np.linspace(0.6, 1, alpha.shape[1])[None, :, None]
    pixels = np.where(alpha[:, :, None] > 0, np.array(colour), np.array((170, 171, 169))) * shade
    grain = np.random.default_rng(2).normal(0, 3, pixels.shape)
    seen = np.clip(pixels + grain, 0, 255).astype(np.uint8)
    assert find_cast(measure_cast(subject_of(seen, alpha))) == ()


@pytest.mark.parametrize("level", [0, 255])
def test_a_photo_that_is_black_or_clipped_cannot_be_checked(
    level: int, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    (figure,) = measure_cast(subject_of(np.full((*alpha.shape, 3), level, np.uint8), alpha))
    assert figure.value is None
    assert find_cast((figure,)) == ()


def test_a_photo_of_few_colours_that_lie_apart_cannot_be_checked(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    # Flat paint in forty colours: as many lights would make one of them grey.
    (figure,) = measure_cast(subject_of(pixels, alpha))
    assert figure.value is None


@given(first=st.floats(-4, 4), second=st.floats(-4, 4))
def test_the_further_from_daylight_the_graver(first: float, second: float) -> None:
    def gravity(stops: float) -> float:
        return sum(one.severity for one in find_cast((Measurement(name="warmth", value=stops, unit="stops"),)))

    near, far = sorted((first, second), key=abs)
    assert gravity(near) <= gravity(far)


def test_a_dimmer_light_of_the_same_colour_leaves_the_histogram_of_colours_where_it_is() -> None:
    grey = np.full((40, 40, 3), 200, np.uint8)
    everywhere = np.ones((40, 40), np.bool_)
    (bright, _), (dim, _) = histograms(grey, everywhere), histograms(grey // 2, everywhere)
    assert bright is not None
    assert dim is not None
    assert bright[0].argmax() == dim[0].argmax() == BINS // 2 * BINS + BINS // 2
