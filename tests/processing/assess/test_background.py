from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.background import find_clutter, measure_background
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]
Build = Callable[..., Subject]


def among_things(pixels: Pixels, alpha: Alpha, count: int) -> Pixels:
    """Strew small things of many colours behind the product."""
    chance = np.random.default_rng(4)
    height, width = pixels.shape[:2]
    strewn = pixels.copy()
    for _ in range(count):
        middle = int(chance.integers(width)), int(chance.integers(height))
        colour = tuple(int(level) for level in chance.integers(0, 256, 3))
        axes = int(chance.integers(10, 40)), int(chance.integers(8, 25))
        cv2.ellipse(strewn, middle, axes, int(chance.integers(180)), 0, 360, colour, -1, cv2.LINE_AA)
    return np.where(alpha[..., None] > 0, pixels, strewn)


def test_a_plain_background_is_plain(pixels: Pixels, alpha: Alpha, subject_of: Build) -> None:
    figures = measure_background(subject_of(pixels, alpha))
    clutter, uniformity, whiteness, strewn, _ = (one.value for one in figures)
    assert clutter is not None
    assert clutter < 0.02
    assert uniformity == 1.0
    assert whiteness == 200
    assert strewn is None
    assert find_clutter(figures) == ()


def test_a_background_full_of_things_is_found(pixels: Pixels, alpha: Alpha, subject_of: Build) -> None:
    figures = measure_background(subject_of(among_things(pixels, alpha, 500), alpha))
    (defect,) = find_clutter(figures)
    assert defect.code is DefectCode.CLUTTERED_BACKGROUND


def test_clutter_grows_with_every_thing(pixels: Pixels, alpha: Alpha, subject_of: Build) -> None:
    shares = [
        measure_background(subject_of(among_things(pixels, alpha, count), alpha))[0].value or 0.0
        for count in (0, 10, 40, 120, 300)
    ]
    assert shares == sorted(shares)


def test_a_shaded_wall_a_plank_floor_and_grain_are_no_clutter(
    pixels: Pixels, alpha: Alpha, subject_of: Build
) -> None:
    chance = np.random.default_rng(8)
    shade = np.linspace(0.6, 1.1, pixels.shape[1])[None, :, None]
    planks = np.where(np.arange(pixels.shape[0]) % 96 < 4, 0.7, 1.0)[:, None, None]
    grain = chance.normal(0, 6, pixels.shape)
    for ground in (pixels * shade, pixels * planks, pixels + grain):
        behind = np.where(alpha[..., None] > 0, pixels, np.clip(ground, 0, 255).astype(np.uint8))
        assert find_clutter(measure_background(subject_of(behind, alpha))) == ()


def test_the_products_own_pattern_is_no_clutter(alpha: Alpha, subject_of: Build) -> None:
    chance = np.random.default_rng(2)
    cloth = cv2.resize(chance.integers(0, 256, (96, 128, 3), np.uint8), alpha.shape[::-1])
    worn = np.where(alpha[..., None] > 0, cloth, np.uint8(190))
    assert find_clutter(measure_background(subject_of(worn, alpha))) == ()


def test_there_is_nothing_to_tell_where_the_product_is_not_known_or_fills_the_photo(
    pixels: Pixels, alpha: Alpha, subject_of: Build
) -> None:
    for subject in (subject_of(pixels, alpha, trust=0.0), subject_of(pixels, np.ones_like(alpha))):
        figures = measure_background(subject)
        assert all(one.value is None for one in figures)
        assert find_clutter(figures) == ()
