import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from skimage.color import deltaE_ciede2000, rgb2lab

from models.recipe import Tone
from processing.tone import choose_light, relight

Colour = tuple[int, int, int]


def scene(
    product: Colour, ground: Colour, side: int = 120, noise: float = 2, seed: int = 0
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A square of one colour before a ground of another, with a little noise; and its matte."""
    rng = np.random.default_rng(seed)
    pixels = np.empty((side, side, 3), float)
    pixels[:] = ground
    inside = slice(side // 4, -side // 4)
    pixels[inside, inside] = product
    alpha = np.zeros((side, side), np.float32)
    alpha[inside, inside] = 1
    noisy = pixels + rng.normal(0, noise, pixels.shape)
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8), alpha


def difference(before: NDArray[np.uint8], after: NDArray[np.uint8], alpha: NDArray[np.float32]) -> float:
    product = alpha > 0.5
    return float(np.percentile(deltaE_ciede2000(rgb2lab(before[product]), rgb2lab(after[product])), 95))


def tone(
    pixels: NDArray[np.uint8], alpha: NDArray[np.float32], limits: Tone, *, dark: bool = False, warmth: float = 0.0
) -> NDArray[np.uint8]:
    """Return a photo in the light that is chosen for it."""
    return relight(pixels, choose_light(pixels, alpha, limits, dark=dark, warmth=warmth))


colours = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


@given(
    product=colours,
    ground=colours,
    noise=st.floats(0, 60),
    bound=st.floats(0, 12),
    seed=st.integers(0, 99),
    dark=st.booleans(),
    warmth=st.just(0.0) | st.floats(-3, 3),
)
def test_the_products_colour_changes_by_no_more_than_the_bound_whatever_is_told_of_the_light(
    product: Colour, ground: Colour, noise: float, bound: float, seed: int, dark: bool, warmth: float
) -> None:
    pixels, alpha = scene(product, ground, noise=noise, seed=seed)
    after = tone(pixels, alpha, Tone(max_difference=bound), dark=dark, warmth=warmth)
    assert difference(pixels, after, alpha) <= bound


@given(
    seed=st.integers(0, 2**32 - 1),
    dim=st.floats(0.02, 1),
    bound=st.floats(0, 12),
    share=st.floats(0.001, 1),
)
def test_the_bound_holds_on_noise_of_every_brightness(seed: int, dim: float, bound: float, share: float) -> None:
    rng = np.random.default_rng(seed)
    image = (rng.random((60, 80, 3)) * 255 * dim).astype(np.uint8)
    alpha = (rng.random((60, 80)) < share).astype(np.float32)
    if alpha.any():
        assert difference(image, tone(image, alpha, Tone(max_difference=bound)), alpha) <= bound


def test_the_bound_holds_where_the_product_has_more_pixels_than_are_sampled() -> None:
    rng = np.random.default_rng(1)
    image = (rng.random((700, 700, 3)) ** 2 * [90, 60, 30]).astype(np.uint8)
    alpha = np.ones((700, 700), np.float32)
    after = tone(image, alpha, Tone(max_difference=4.0))
    assert after is not image
    assert 3.0 < difference(image, after, alpha) <= 4.0


@pytest.mark.parametrize("product", [(200, 40, 30), (30, 160, 60), (20, 20, 22), (235, 235, 235), (120, 80, 50)])
def test_a_well_exposed_neutral_photo_is_left_byte_identical(product: Colour) -> None:
    pixels, alpha = scene(product, (205, 205, 205), noise=1)
    before = pixels.copy()
    assert (tone(pixels, alpha, Tone()) == before).all()


def test_a_dark_photo_is_lifted() -> None:
    pixels, alpha = scene((60, 45, 35), (40, 40, 40))
    after = tone(pixels, alpha, Tone(max_difference=6.0))
    assert after[60, 60].mean() > pixels[60, 60].mean() + 5


def test_a_dim_photo_is_lifted_where_that_is_told_of_it_and_a_product_that_is_no_darker_is_left_alone() -> None:
    pixels, alpha = scene((120, 110, 100), (90, 60, 40))
    assert (tone(pixels, alpha, Tone()) == pixels).all()
    assert tone(pixels, alpha, Tone(), dark=True)[60, 60].mean() > pixels[60, 60].mean() + 5


def test_a_dark_product_before_a_lit_wall_is_left_dark() -> None:
    pixels, alpha = scene((35, 35, 38), (215, 215, 215))
    assert (tone(pixels, alpha, Tone()) == pixels).all()


def test_nothing_is_darkened_by_exposure() -> None:
    pixels, alpha = scene((70, 50, 60), (30, 90, 30))
    assert (tone(pixels, alpha, Tone()) >= pixels).all()


def test_a_plain_paper_with_a_cast_is_made_neutral() -> None:
    pixels, alpha = scene((150, 60, 60), (205, 198, 186))
    after = tone(pixels, alpha, Tone(max_difference=10.0))
    ground = after[alpha == 0].astype(float).mean(axis=0)
    assert np.ptp(ground) < 3


@pytest.mark.parametrize("ground", [(214, 170, 120), (120, 160, 220), (200, 90, 80)])
def test_a_coloured_ground_is_not_taken_for_a_cast(ground: Colour) -> None:
    pixels, alpha = scene((150, 130, 120), ground)
    assert (tone(pixels, alpha, Tone()) == pixels).all()


@pytest.mark.parametrize("warmth", [1.4, -1.4])
def test_a_sheet_that_is_grey_in_the_light_that_is_told_is_made_neutral(warmth: float) -> None:
    gains = 2.0 ** (warmth * np.array([1 / 3, 0.0, -2 / 3]))
    lamp = tuple(round(255 * (0.45 * gain) ** (1 / 2.2)) for gain in gains)
    pixels, alpha = scene((200, 130, 120), lamp)
    assert (tone(pixels, alpha, Tone(max_difference=30.0)) == pixels).all()
    after = tone(pixels, alpha, Tone(max_difference=30.0), warmth=warmth)
    assert np.ptp(after[alpha == 0].astype(float).mean(axis=0)) < 4


@pytest.mark.parametrize("ground", [(120, 160, 220), (200, 90, 80), (60, 140, 60)])
def test_a_ground_of_another_colour_than_the_told_light_is_not_balanced_on(ground: Colour) -> None:
    pixels, alpha = scene((150, 130, 120), ground)
    assert (tone(pixels, alpha, Tone(), warmth=1.4) == pixels).all()


def test_a_product_that_fills_the_photo_is_not_balanced() -> None:
    pixels, _ = scene((190, 180, 165), (190, 180, 165))
    assert (tone(pixels, np.ones(pixels.shape[:2], np.float32), Tone()) == pixels).all()


def test_without_a_product_nothing_is_changed() -> None:
    pixels, alpha = scene((20, 20, 20), (30, 30, 30))
    assert (tone(pixels, np.zeros_like(alpha), Tone()) == pixels).all()


def test_the_same_photo_gives_the_same_bytes() -> None:
    pixels, alpha = scene((60, 45, 35), (40, 40, 40), side=400, noise=8)
    assert (tone(pixels, alpha, Tone()) == tone(pixels.copy(), alpha.copy(), Tone())).all()
