from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from PIL import Image

from models.matte import Doubt
from models.picture import Picture
from processing.matte.bundled import LONG, SHORT, BundledEstimator
from processing.matte.named import WEIGHTS
from processing.matte.refine import refine

Pixels = NDArray[np.uint8]
AsPicture = Callable[[Pixels], Picture]
TRUSTED = 0.5
SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture(scope="module")
def estimator() -> BundledEstimator:
    return BundledEstimator()


def _read(folder: str, name: str) -> Pixels:
    with Image.open(SAMPLES / folder / name) as image:
        return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize(
    "photo",
    ["ibu-sari/keranjang-rotan/depan", "ibu-sari/sandal-pandan/depan", "kang-dadan/madu-hutan/depan"],
)
def test_a_product_on_a_plain_background_is_found_whole_and_trusted(
    estimator: BundledEstimator, as_picture: AsPicture, photo: str
) -> None:
    pixels = _read("raw", f"{photo}.jpg")
    true = _read("truth", f"{photo}.png")[..., 0] > 127
    matte = estimator.estimate(as_picture(pixels))
    found = refine(matte.alpha, pixels) > 0.5
    assert np.count_nonzero(found & true) / np.count_nonzero(found | true) > 0.9
    assert matte.trust >= TRUSTED


def test_what_is_doubted_is_looked_at_again_and_what_is_sure_is_not(
    estimator: BundledEstimator, as_picture: AsPicture
) -> None:
    sure = as_picture(_read("raw", "ibu-sari/sandal-pandan/depan.jpg"))
    noise = np.random.default_rng(0).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    assert "unlike" not in estimator.look(sure)[1]
    assert "unlike" in estimator.look(as_picture(noise))[1]


def test_the_mirrored_matte_is_turned_back(estimator: BundledEstimator, as_picture: AsPicture) -> None:
    # Off the middle: unturned, both mattes would hardly overlap.
    pixels = _read("raw", "ibu-sari/sandal-pandan/depan.jpg")
    picture = as_picture(np.ascontiguousarray(pixels[:, : pixels.shape[1] * 3 // 4]))
    assert estimator.look(picture, again=1.0)[1]["unlike"] < 0.1


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_blank_photo_is_not_trusted(estimator: BundledEstimator, as_picture: AsPicture, level: int) -> None:
    draw = np.random.default_rng(level)
    pixels = np.clip(level + draw.normal(0, 2, (480, 640, 3)), 0, 255).astype(np.uint8)
    matte = estimator.estimate(as_picture(pixels))
    assert matte.trust < TRUSTED
    assert matte.doubts


@pytest.mark.parametrize("grain", [1, 8, 40])
@pytest.mark.parametrize("seed", range(3))
def test_clutter_is_not_trusted(estimator: BundledEstimator, as_picture: AsPicture, grain: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    patches = draw.integers(0, 256, (480 // grain, 640 // grain, 3), dtype=np.uint8)
    pixels = cv2.resize(patches, (640, 480), interpolation=cv2.INTER_NEAREST)
    matte = estimator.estimate(as_picture(pixels))
    assert matte.trust < TRUSTED
    assert matte.doubts


def test_a_product_that_leaves_the_frame_is_doubted(estimator: BundledEstimator, as_picture: AsPicture) -> None:
    pixels = _read("raw", "ibu-sari/keranjang-rotan/depan.jpg")
    columns = np.flatnonzero((_read("truth", "ibu-sari/keranjang-rotan/depan.png")[..., 0] > 127).any(axis=0))
    half = pixels[:, : (columns[0] + columns[-1]) // 2]
    assert Doubt.TOUCHES_FRAME in estimator.estimate(as_picture(half)).doubts


def test_the_same_photo_gives_the_same_bytes(estimator: BundledEstimator, as_picture: AsPicture) -> None:
    picture = as_picture(_read("raw", "ibu-sari/sandal-pandan/depan.jpg"))
    first, again = estimator.estimate(picture), BundledEstimator().estimate(picture)
    assert again.alpha.tobytes() == first.alpha.tobytes()
    assert (again.trust, again.doubts) == (first.trust, first.doubts)


def test_photos_in_a_batch_get_the_mattes_that_they_get_alone() -> None:
    photos = np.random.default_rng(3).integers(0, 256, (3, SHORT, LONG, 3), dtype=np.uint8)
    photos[1:] = [cv2.blur(photo, (31, 31)) for photo in photos[1:]]
    session = onnxruntime.InferenceSession(str(WEIGHTS), providers=["CPUExecutionProvider"])
    alphas, strewn = session.run(["alpha", "strewn"], {"pixels": photos})
    alone = [session.run(["alpha", "strewn"], {"pixels": photo[None]}) for photo in photos]
    np.testing.assert_allclose(alphas, np.concatenate([alpha for alpha, _ in alone]), atol=1e-4)
    np.testing.assert_allclose(strewn, np.concatenate([odds for _, odds in alone]), atol=1e-2)


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (8, 8), (5, 900), (900, 5), (33, 47)])
def test_every_size_of_photo_gets_a_matte_of_its_proportions(
    estimator: BundledEstimator, as_picture: AsPicture, size: tuple[int, int]
) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (*size, 3), dtype=np.uint8)
    matte = estimator.estimate(as_picture(pixels))
    scale = min(1.0, 384 / max(size))
    assert matte.alpha.shape == tuple(max(1, round(side * scale)) for side in size)
    assert matte.alpha.dtype == np.float32
    assert 0.0 <= matte.alpha.min() <= matte.alpha.max() <= 1.0
    assert 0.0 <= matte.trust <= 1.0


def test_the_picture_is_left_as_it_was(estimator: BundledEstimator, as_picture: AsPicture) -> None:
    picture = as_picture(_read("raw", "ibu-sari/sandal-pandan/depan.jpg"))
    before = picture.pixels.copy()
    estimator.estimate(picture)
    assert np.array_equal(picture.pixels, before)


def test_the_weights_are_small_enough_to_ship_and_have_a_card() -> None:
    assert WEIGHTS.stat().st_size <= 8_000_000
    assert (WEIGHTS.parent / "README.md").exists()
