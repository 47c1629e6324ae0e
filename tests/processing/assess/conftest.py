"""A drawn photo of a product before a plain wall, and the ways in which a seller's photo goes wrong."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.matte import Matte
from models.picture import Picture, Source
from processing.assess.subject import Subject, reduce

WIDTH, HEIGHT = 1024, 768


def drawn(ground: int = 200) -> NDArray[np.uint8]:
    """A patterned cloth: sharp shapes in many directions and colours."""
    rng = np.random.default_rng(7)
    pixels = np.full((HEIGHT, WIDTH, 3), ground, np.uint8)
    cv2.rectangle(pixels, (300, 180), (720, 600), (170, 120, 90), -1)
    for _ in range(40):
        centre = int(rng.integers(330, 690)), int(rng.integers(210, 570))
        colour = tuple(int(level) for level in rng.integers(20, 250, 3))
        cv2.ellipse(
            pixels, centre, (int(rng.integers(16, 60)), 16), int(rng.integers(0, 180)), 0, 360, colour, -1, 16
        )
    return pixels


def outline() -> NDArray[np.float32]:
    alpha = np.zeros((HEIGHT, WIDTH), np.float32)
    alpha[180:601, 300:721] = 1
    return alpha


@pytest.fixture
def pixels() -> NDArray[np.uint8]:
    return drawn()


@pytest.fixture
def alpha() -> NDArray[np.float32]:
    return outline()


@pytest.fixture
def picture_of() -> Callable[[NDArray[np.uint8]], Picture]:
    def build(pixels: NDArray[np.uint8]) -> Picture:
        height, width = pixels.shape[:2]
        return Picture(pixels, Source(format="JPEG", width=width, height=height, bytes=200_000))

    return build


@pytest.fixture
def subject_of(picture_of: Callable[[NDArray[np.uint8]], Picture]) -> Callable[..., Subject]:
    def build(pixels: NDArray[np.uint8], alpha: NDArray[np.float32], trust: float = 1.0) -> Subject:
        return reduce(picture_of(pixels), Matte(alpha, trust), 0.5)

    return build
