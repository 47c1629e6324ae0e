import cv2
import numpy as np

from processing.matte.regions import find_regions
from processing.matte.saliency import find_salient


def _saliency(pixels: np.ndarray) -> np.ndarray:
    lab = cv2.cvtColor(pixels.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB)
    regions = find_regions(lab, 200)
    return find_salient(regions)[regions.labels]


def test_what_is_surrounded_stands_out_and_what_reaches_the_frame_does_not() -> None:
    photo = np.full((150, 192, 3), (200, 190, 170), np.uint8)
    photo[:, :40] = (60, 90, 60)
    cv2.circle(photo, (115, 75), 35, (170, 50, 40), -1)
    saliency = _saliency(photo)
    assert saliency[55:95, 95:135].min() > 0.8
    assert saliency[:, :35].max() < 0.3
    assert saliency[:25, 60:].max() < 0.3


def test_where_nothing_differs_nothing_stands_out() -> None:
    assert not _saliency(np.full((150, 192, 3), 140, np.uint8)).any()


def test_regions_cover_the_photo_and_know_their_neighbours() -> None:
    draw = np.random.default_rng(1)
    pixels = cv2.resize(
        draw.integers(0, 256, (6, 8, 3), dtype=np.uint8), (192, 144), interpolation=cv2.INTER_CUBIC
    )
    regions = find_regions(cv2.cvtColor(pixels.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB), 200)
    number = len(regions.areas)
    assert 100 < number < 300
    assert regions.areas.sum() == pixels.shape[0] * pixels.shape[1]
    assert set(np.unique(regions.labels)) == set(range(number))
    assert np.array_equal(regions.adjacent, regions.adjacent.T)
    assert not regions.adjacent.diagonal().any()
    assert regions.adjacent.any(axis=1).all()
    assert regions.outer[regions.labels[0]].all()
