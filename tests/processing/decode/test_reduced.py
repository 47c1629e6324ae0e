import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from processing.decode import decode
from tests.photo_files import scene, written

SMOOTH = Image.linear_gradient("L").resize((64, 64))


def smooth(width: int, height: int) -> Image.Image:
    """Return a picture that means the same at every size."""
    ramp = SMOOTH.resize((width, height), Image.Resampling.BICUBIC)
    return Image.merge("RGB", (ramp, ramp.transpose(Image.Transpose.ROTATE_180), Image.new("L", ramp.size, 90)))


@given(width=st.integers(64, 700), height=st.integers(64, 700), min_side=st.integers(16, 400))
@settings(max_examples=60)
def test_the_shorter_side_keeps_what_is_asked_for_and_not_twice_as_much(
    width: int, height: int, min_side: int
) -> None:
    shorter = min(width, height)
    for file_format in ("JPEG", "PNG"):
        picture = decode(written(smooth(width, height), file_format), name="foto", min_side=min_side)
        kept = min(picture.width, picture.height)
        assert kept >= min(min_side, shorter)
        assert kept < 2 * min_side + 1 or kept == -(-shorter // 8) or kept == shorter < 2 * min_side
        assert (picture.source.width, picture.source.height) == (width, height)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF"])
@pytest.mark.parametrize("factor", [2, 4])
def test_a_reduced_photo_is_the_whole_one_made_smaller(file_format: str, factor: int) -> None:
    data = written(smooth(640, 480), file_format)
    whole = decode(data, name="foto", min_side=480)
    reduced = decode(data, name="foto", min_side=480 // factor)
    assert whole.pixels.shape == (480, 640, 3)
    assert reduced.pixels.shape == (480 // factor, 640 // factor, 3)
    means = whole.pixels.reshape(480 // factor, factor, 640 // factor, factor, 3).mean((1, 3))
    assert np.abs(reduced.pixels - means).max() <= (12 if file_format == "GIF" else 3)


def test_a_jpeg_is_reduced_by_powers_of_two_and_others_by_any_whole_factor() -> None:
    assert decode(written(scene(600, 600), "JPEG"), name="a", min_side=200).pixels.shape == (300, 300, 3)
    assert decode(written(scene(600, 600), "PNG"), name="a", min_side=200).pixels.shape == (200, 200, 3)
    assert decode(written(scene(600, 600), "PNG"), name="a", min_side=201).pixels.shape == (300, 300, 3)


def test_reducing_does_not_let_hidden_colours_through() -> None:
    pixels = np.full((400, 400, 4), (200, 30, 30, 255), np.uint8)
    pixels[::2, ::2] = (0, 255, 0, 0)
    picture = decode(written(Image.fromarray(pixels), "PNG"), name="a.png", min_side=200)
    wanted = 0.75 * np.array([200, 30, 30]) + 0.25 * 255
    assert picture.source.had_alpha
    assert np.abs(picture.pixels - wanted).max() <= 3
