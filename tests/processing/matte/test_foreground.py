import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.matte.foreground import estimate_foreground


def _composite(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a photo, its alpha and the product's true colour, known even where the background shows through."""
    draw = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:400, 0:500]
    alpha = np.clip((130 - np.hypot(rows - 200, columns - 250)) / 16 + 0.5, 0, 1).astype(np.float32)
    tint = cv2.resize(draw.uniform(-25, 25, (4, 5, 3)), (500, 400), interpolation=cv2.INTER_CUBIC)
    product = np.clip(draw.uniform(40, 110, 3) + tint, 0, 255)
    background = np.clip(draw.uniform(160, 240, 3) + tint[::-1], 0, 255)
    photo = product * alpha[..., None] + background * (1 - alpha[..., None])
    return np.rint(photo).astype(np.uint8), alpha, product


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_soft_outline_is_freed_of_the_background(seed: int) -> None:
    photo, alpha, product = _composite(seed)
    soft = (alpha > 0.1) & (alpha < 0.95)
    before = np.abs(photo[soft] - product[soft]).mean()
    after = np.abs(estimate_foreground(photo, alpha)[soft] - product[soft]).mean()
    assert after < 0.2 * before


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32 - 1),
    size=st.tuples(st.integers(1, 80), st.integers(1, 80)),
)
def test_the_product_itself_is_untouched(seed: int, size: tuple[int, int]) -> None:
    draw = np.random.default_rng(seed)
    photo = draw.integers(0, 256, (*size, 3), dtype=np.uint8)
    alpha = np.clip(draw.uniform(-1, 2, size), 0, 1).astype(np.float32)
    found = estimate_foreground(photo, alpha)
    assert found.dtype == np.uint8
    assert found.shape == photo.shape
    assert np.array_equal(found[alpha == 1.0], photo[alpha == 1.0])


def test_colour_is_not_multiplied_by_alpha() -> None:
    photo = np.full((120, 160, 3), (200, 180, 160), np.uint8)
    alpha = np.tile(np.linspace(0.02, 0.98, 160, dtype=np.float32), (120, 1))
    assert np.abs(estimate_foreground(photo, alpha).astype(int) - photo).max() <= 2


def test_a_photo_without_product_keeps_its_size_and_raises_nothing() -> None:
    photo = np.full((50, 70, 3), 90, np.uint8)
    assert estimate_foreground(photo, np.zeros((50, 70), np.float32)).shape == (50, 70, 3)
