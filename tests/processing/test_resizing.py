"""Sizes: what is shrunk keeps its mean, by whatever way."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from processing.resizing import enlarge, fit, resize, shrink, shrink_to_show

sides = st.integers(1, 4000)


def noise(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(7).integers(0, 256, (height, width, 3)).astype(np.uint8)


@given(sides, sides, sides)
def test_what_fits_is_never_longer_than_the_side_nor_than_it_was(width: int, height: int, side: int) -> None:
    fitted = fit(width, height, side)
    assert max(fitted) <= max(1, min(side, max(width, height)))
    assert min(fitted) >= 1


@pytest.mark.parametrize("size", [(100, 75), (64, 64), (63, 41), (200, 150), (399, 299), (400, 300)])
def test_by_halves_each_pixel_is_still_the_mean_of_those_that_it_covers(size: tuple[int, int]) -> None:
    pixels = cv2.GaussianBlur(noise(300, 400), (0, 0), 2)
    straight = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.int16)
    assert np.abs(shrink(pixels, size) - straight).mean() < 0.6


@pytest.mark.parametrize("size", [(199, 149), (192, 144), (100, 75), (64, 48)])
def test_what_is_halved_from_twice_on_looks_the_same(size: tuple[int, int]) -> None:
    pixels = cv2.GaussianBlur(noise(300, 400), (0, 0), 2)
    straight = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.int16)
    assert np.abs(shrink_to_show(pixels, size) - straight).mean() < 2.0


def test_an_odd_side_is_not_halved_askew() -> None:
    ramp = np.repeat(np.arange(301, dtype=np.float32)[None], 301, axis=0)
    across = shrink(ramp, (100, 100))[0]
    assert np.allclose(across, (np.arange(100) + 0.5) * 3.01 - 0.5, atol=0.02)


def test_a_size_that_is_kept_costs_no_copy() -> None:
    pixels = noise(30, 40)
    assert shrink(pixels, (40, 30)) is pixels
    assert shrink_to_show(pixels, (40, 30)) is pixels


def test_only_what_gets_shorter_both_ways_is_averaged() -> None:
    pixels = noise(30, 40)
    assert np.array_equal(resize(pixels, (20, 15)), shrink(pixels, (20, 15)))
    assert np.array_equal(resize(pixels, (80, 15)), enlarge(pixels, (80, 15)))
