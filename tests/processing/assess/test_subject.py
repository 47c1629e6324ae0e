from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.matte import Matte
from models.picture import Picture
from processing.assess.subject import Subject, reduce

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


@pytest.mark.parametrize(("width", "height"), [(2400, 1800), (1023, 771), (513, 40), (300, 200), (1, 1)])
def test_every_photo_is_brought_to_one_scale_and_none_is_enlarged(
    width: int, height: int, picture_of: Callable[[Pixels], Picture]
) -> None:
    rows = np.linspace(0, 255, height).astype(np.uint8)
    pixels = np.broadcast_to(rows[:, None, None], (height, width, 3)).copy()
    subject = reduce(picture_of(pixels), Matte(np.ones((height, width), np.float32), 1.0), 0.5)
    scale = min(1.0, 512 / max(width, height))
    assert subject.pixels.shape == (max(1, round(height * scale)), max(1, round(width * scale)), 3)
    assert subject.product.shape == subject.pixels.shape[:2]
    assert subject.pixels.mean() == pytest.approx(pixels.mean(), abs=2)


def test_a_matte_of_another_size_marks_the_same_place(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    small = cv2.resize(alpha, (256, 192), interpolation=cv2.INTER_AREA)
    one, other = subject_of(pixels, alpha).product, subject_of(pixels, small).product
    assert (one != other).mean() < 0.01


@pytest.mark.parametrize("trust", [0.0, 0.49])
def test_an_untrusted_matte_is_not_used(
    trust: float, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    corner = np.zeros_like(alpha)
    corner[:50, :50] = 1
    subject = subject_of(pixels, corner, trust)
    assert subject.alpha is None
    assert not subject.product[:20, :20].any()
    assert subject.product[192, 256]


def test_an_empty_matte_is_not_used(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    assert subject_of(pixels, np.zeros_like(alpha)).alpha is None
