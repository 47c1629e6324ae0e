import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from processing.read.presence import may_hold_text

HEIGHT, WIDTH = 384, 512


@pytest.mark.parametrize("height", [12, 16, 24, 36])
@pytest.mark.parametrize("ink", [255, 0])
def test_a_line_of_text_may_be_text(height: int, ink: int) -> None:
    photo = Image.new("L", (WIDTH, HEIGHT), 130)
    ImageDraw.Draw(photo).text((60, 200), "WA 0812-3456-7890", font=ImageFont.load_default(height), fill=ink)
    assert may_hold_text(np.asarray(photo))


def test_plain_shaded_and_blurred_photos_spare_the_reading() -> None:
    chance = np.random.default_rng(1)
    shaded = np.asarray(cv2.resize(np.array([[40, 90], [160, 220]], np.uint8), (WIDTH, HEIGHT)))
    things = np.full((HEIGHT, WIDTH), 190, np.uint8)
    for _ in range(12):
        middle = int(chance.integers(WIDTH)), int(chance.integers(HEIGHT))
        cv2.circle(things, middle, int(chance.integers(20, 60)), int(chance.integers(256)), -1, cv2.LINE_AA)
    grain = np.clip(shaded + chance.normal(0, 5, shaded.shape), 0, 255).astype(np.uint8)
    for photo in (np.full((HEIGHT, WIDTH), 200, np.uint8), shaded, things, grain):
        assert not may_hold_text(photo)
