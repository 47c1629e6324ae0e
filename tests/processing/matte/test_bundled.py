from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.matte import Doubt
from models.picture import Picture
from processing.matte.bundled import BundledEstimator
from processing.matte.refine import refine

Pixels = NDArray[np.uint8]
AsPicture = Callable[[Pixels], Picture]
TRUSTED = 0.5


def _overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float(np.count_nonzero(one & other) / np.count_nonzero(one | other))


def test_a_product_on_a_plain_background_is_found_whole_and_trusted(
    plain_product: tuple[Pixels, NDArray[np.bool_]], as_picture: AsPicture
) -> None:
    pixels, true = plain_product
    matte = BundledEstimator().estimate(as_picture(pixels))
    assert _overlap(refine(matte.alpha, pixels) > 0.5, true) > 0.95
    assert matte.trust >= TRUSTED
    assert matte.doubts == ()


def test_the_hole_of_a_ring_stays_open(as_picture: AsPicture) -> None:
    pixels = np.full((600, 800, 3), (225, 220, 210), np.uint8)
    cv2.circle(pixels, (400, 300), 200, (60, 70, 140), 60)
    alpha = BundledEstimator().estimate(as_picture(pixels)).alpha
    height, width = alpha.shape
    assert alpha[height // 2, width // 2] == 0.0
    assert alpha[height // 2, width // 2 + round(width * 200 / 800)] == 1.0


def test_a_glint_inside_a_product_is_filled(as_picture: AsPicture) -> None:
    pixels = np.full((600, 800, 3), (120, 150, 120), np.uint8)
    cv2.circle(pixels, (400, 300), 200, (150, 40, 40), -1)
    cv2.circle(pixels, (360, 260), 25, (255, 250, 250), -1)
    alpha = BundledEstimator().estimate(as_picture(pixels)).alpha
    height, width = alpha.shape
    assert alpha[round(height * 260 / 600), round(width * 360 / 800)] == 1.0


@pytest.mark.parametrize("level", [0, 128, 255])
def test_on_a_blank_photo_nothing_is_found_and_that_is_said(as_picture: AsPicture, level: int) -> None:
    draw = np.random.default_rng(level)
    pixels = np.clip(level + draw.normal(0, 2, (480, 640, 3)), 0, 255).astype(np.uint8)
    matte = BundledEstimator().estimate(as_picture(pixels))
    assert matte.trust < TRUSTED
    assert matte.doubts[0] is Doubt.NOTHING_FOUND
    assert not matte.alpha.any()


@pytest.mark.parametrize("grain", [1, 8, 40])
@pytest.mark.parametrize("seed", range(3))
def test_clutter_is_not_trusted(as_picture: AsPicture, grain: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    patches = draw.integers(0, 256, (480 // grain, 640 // grain, 3), dtype=np.uint8)
    pixels = cv2.resize(patches, (640, 480), interpolation=cv2.INTER_NEAREST)
    matte = BundledEstimator().estimate(as_picture(pixels))
    assert matte.trust < TRUSTED
    assert matte.doubts


def test_a_product_that_leaves_the_frame_is_doubted(as_picture: AsPicture) -> None:
    pixels = np.full((600, 800, 3), (225, 220, 210), np.uint8)
    cv2.rectangle(pixels, (450, 150), (799, 599), (60, 70, 140), -1)
    assert Doubt.TOUCHES_FRAME in BundledEstimator().estimate(as_picture(pixels)).doubts


def test_the_same_photo_gives_the_same_bytes_whatever_opencv_drew_before(
    plain_product: tuple[Pixels, NDArray[np.bool_]], as_picture: AsPicture
) -> None:
    picture = as_picture(plain_product[0])
    first = BundledEstimator().estimate(picture)
    estimator = BundledEstimator()
    for seed in (1, 2, 3):
        cv2.setRNGSeed(seed)
        cv2.randu(np.empty((50, 50), np.uint8), 0, 255)
        again = estimator.estimate(picture)
        assert again.alpha.tobytes() == first.alpha.tobytes()
        assert (again.trust, again.doubts) == (first.trust, first.doubts)


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (8, 8), (5, 900), (900, 5), (33, 47)])
def test_every_size_of_photo_gets_a_matte_of_its_proportions(as_picture: AsPicture, size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (*size, 3), dtype=np.uint8)
    matte = BundledEstimator().estimate(as_picture(pixels))
    scale = min(1.0, 384 / max(size))
    assert matte.alpha.shape == tuple(max(1, round(side * scale)) for side in size)
    assert matte.alpha.dtype == np.float32
    assert 0.0 <= matte.trust <= 1.0


def test_the_picture_is_left_as_it_was(
    plain_product: tuple[Pixels, NDArray[np.bool_]], as_picture: AsPicture
) -> None:
    picture = as_picture(plain_product[0])
    before = picture.pixels.copy()
    BundledEstimator().estimate(picture)
    assert np.array_equal(picture.pixels, before)
