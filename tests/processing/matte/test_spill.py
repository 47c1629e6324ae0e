import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.matte.spill import take_off_spill

RED, GREY, GREEN = (200, 40, 30), (150, 150, 150), (60, 160, 70)
SHAPE = (300, 400)


def disc(radius: float) -> np.ndarray:
    rows, columns = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    return np.clip(radius - np.hypot(rows - 150, columns - 200) + 0.5, 0, 1).astype(np.float32)


def phone_photo(true: np.ndarray) -> np.ndarray:
    """Return the picture with its colour, not its brightness, spread as a lens and 4:2:0 spread it."""
    ycc = cv2.cvtColor(np.rint(true).astype(np.uint8), cv2.COLOR_RGB2YCrCb)
    ycc[..., 1:] = cv2.GaussianBlur(ycc[..., 1:], (0, 0), 1.5)
    return cv2.cvtColor(ycc, cv2.COLOR_YCrCb2RGB)


def chroma(pixels: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)[..., 1:].astype(float)


def test_a_grey_product_loses_the_line_that_a_red_sheet_leaves_on_it() -> None:
    alpha = disc(100)
    photo = phone_photo(np.where(alpha[..., None] > 0.5, GREY, RED))
    line = (alpha == 1) & (disc(97) == 0)
    before = np.abs(chroma(photo)[line] - 128).mean()
    after = np.abs(chroma(take_off_spill(photo, photo, alpha))[line] - 128).mean()
    assert before > 8
    assert after < 0.2 * before


def test_an_edging_of_a_colour_that_the_background_does_not_have_stays() -> None:
    alpha = disc(100)
    edged = np.where(disc(97)[..., None] > 0.5, GREY, GREEN)
    photo = np.where(alpha[..., None] > 0.5, edged, RED).astype(np.uint8)
    edging = (alpha == 1) & (disc(98) == 0)
    moved = np.abs(chroma(take_off_spill(photo, photo, alpha))[edging] - chroma(photo)[edging])
    assert moved.mean() < 2


def test_where_product_and_background_have_one_hue_nothing_changes() -> None:
    alpha = disc(100)
    photo = np.where(alpha[..., None] > 0.5, GREY, (235, 235, 235)).astype(np.uint8)
    assert np.array_equal(take_off_spill(photo, photo, alpha), photo)


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), size=st.tuples(st.integers(1, 90), st.integers(1, 90)))
def test_brightness_and_what_is_not_at_the_outline_stay(seed: int, size: tuple[int, int]) -> None:
    draw = np.random.default_rng(seed)
    photo = draw.integers(0, 256, (*size, 3), dtype=np.uint8)
    alpha = np.clip(cv2.resize(draw.uniform(-1, 2, (4, 4)), size[::-1]), 0, 1).astype(np.float32)
    freed = take_off_spill(photo, photo, alpha)
    assert freed.shape == photo.shape and freed.dtype == np.uint8
    assert np.array_equal(freed[alpha == 0], photo[alpha == 0])
    # Where a colour would leave the cube of sRGB its brightness gives way with it.
    kept = (freed > 0).all(2) & (freed < 255).all(2)
    moved = np.abs(luma(freed) - luma(photo))[kept]
    assert moved.size == 0 or moved.max() <= 2


def luma(pixels: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)[..., 0].astype(float)


def test_a_picture_without_product_or_without_background_stays() -> None:
    photo = np.full((*SHAPE, 3), RED, np.uint8)
    for alpha in (np.zeros(SHAPE, np.float32), np.ones(SHAPE, np.float32)):
        assert np.array_equal(take_off_spill(photo, photo, alpha), photo)
