import time

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.matte.refine import CERTAIN, REACH, refine


def _disc(side: int, radius: float, softness: float = 1.5) -> np.ndarray:
    rows, columns = np.mgrid[0:side, 0:side]
    distance = radius - np.hypot(rows - side / 2, columns - side / 2)
    return np.clip(distance / softness + 0.5, 0, 1).astype(np.float32)


def _photo_of(alpha: np.ndarray, seed: int, contrast: float = 1.0) -> np.ndarray:
    draw = np.random.default_rng(seed)
    product, background = np.array([150.0, 60, 50]), np.array([210.0, 205, 190])
    background = product + (background - product) * contrast
    photo = product * alpha[..., None] + background * (1 - alpha[..., None]) + draw.normal(0, 3, (*alpha.shape, 3))
    return np.clip(np.rint(photo), 0, 255).astype(np.uint8)


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32 - 1),
    small=st.tuples(st.integers(8, 60), st.integers(8, 60)),
    scale=st.floats(1.0, 6.0),
)
def test_alpha_is_exact_far_from_the_outline_and_within_bounds(
    seed: int, small: tuple[int, int], scale: float
) -> None:
    draw = np.random.default_rng(seed)
    alpha = np.zeros(small, np.float32)
    top, left = draw.integers(0, small[0]), draw.integers(0, small[1])
    alpha[top : top + small[0] // 2, left : left + small[1] // 2] = 1.0
    alpha = np.clip(cv2.GaussianBlur(alpha, (0, 0), 0.8), 0, 1)
    height, width = round(small[0] * scale), round(small[1] * scale)
    pixels = draw.integers(0, 256, (height, width, 3), dtype=np.uint8)

    refined = refine(alpha, pixels)

    assert refined.shape == (height, width)
    assert refined.dtype == np.float32
    assert refined.min() >= 0.0
    assert refined.max() <= 1.0
    far = np.ones((2 * REACH + 5, 2 * REACH + 5), np.uint8)
    nowhere = cv2.dilate(alpha, far) == 0.0
    everywhere = cv2.erode(alpha, far) == 1.0
    at = np.ix_(
        np.minimum((np.arange(height) / scale).astype(int), small[0] - 1),
        np.minimum((np.arange(width) / scale).astype(int), small[1] - 1),
    )
    assert np.all(refined[nowhere[at]] == 0.0)
    assert np.all(refined[everywhere[at]] == 1.0)


def test_a_blurred_step_moves_onto_the_photos_edge() -> None:
    true = _disc(1200, 400)
    small = cv2.GaussianBlur(cv2.resize(true, (320, 320), interpolation=cv2.INTER_AREA), (0, 0), 1.5)
    plain = cv2.resize(small, (1200, 1200), interpolation=cv2.INTER_LINEAR)
    refined = refine(small, _photo_of(true, seed=1))
    assert np.abs(refined - true).sum() < 0.4 * np.abs(plain - true).sum()


@pytest.mark.parametrize("misplaced", [-3, 3])
def test_a_misplaced_outline_is_pulled_towards_the_photos_edge(misplaced: int) -> None:
    true = _disc(1200, 400)
    wrong = _disc(1200, 400 + misplaced)
    small = cv2.GaussianBlur(cv2.resize(wrong, (320, 320), interpolation=cv2.INTER_AREA), (0, 0), 1.0)
    refined = refine(small, _photo_of(true, seed=2))
    assert np.abs(refined - true).sum() < 0.7 * np.abs(wrong - true).sum()


def test_where_colour_tells_nothing_the_matte_stays_where_it_was() -> None:
    true = _disc(600, 200)
    small = cv2.GaussianBlur(cv2.resize(true, (200, 200), interpolation=cv2.INTER_AREA), (0, 0), 1.0)
    refined = refine(small, np.full((600, 600, 3), 128, np.uint8))
    assert np.mean((refined > 0.5) != (true > 0.5)) < 0.002


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_matte_without_outline_comes_back_exactly(value: float) -> None:
    refined = refine(np.full((30, 40), value, np.float32), _photo_of(_disc(300, 100), seed=3)[:, :])
    assert np.all(refined == value)


def test_time_is_bounded_whatever_the_matte() -> None:
    draw = np.random.default_rng(4)
    pixels = draw.integers(0, 256, (1200, 1200, 3), dtype=np.uint8)
    noise = draw.random((384, 384)).astype(np.float32)
    plain = cv2.GaussianBlur(_disc(384, 128), (0, 0), 1.0)

    def spent(small: np.ndarray) -> float:
        started = time.process_time()
        refine(small, pixels)
        return time.process_time() - started

    tries = [(spent(plain), spent(noise)) for _ in range(4)]
    # They take the same today; the same machine is held against itself, whatever else it does.
    assert min(noise for _, noise in tries) < 5 * min(plain for plain, _ in tries)


def test_no_seam_is_left_where_the_uncertain_band_begins() -> None:
    down, across = np.mgrid[0:96, 0:96]
    soft = np.clip((30.5 - np.hypot(down - 48, across - 48)) / 3, 0, 1).astype(np.float32)
    plain = np.full((768, 768, 3), 127, np.uint8)

    refined = refine(soft, plain)

    enlarged = cv2.resize(soft, (768, 768), interpolation=cv2.INTER_LINEAR)
    assert refined[enlarged >= 1.0 - CERTAIN].min() == 1.0
    assert refined[enlarged <= CERTAIN].max() == 0.0
