import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from processing.decode import decode
from tests.photo_files import scene, written

# How a camera that is held otherwise stores an upright picture: the inverse of what EXIF 2.32 asks of a viewer.
STORED = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.swapaxes(0, 1),
    6: lambda upright: np.rot90(upright, 1),
    7: lambda upright: np.rot90(upright.swapaxes(0, 1), 2),
    8: lambda upright: np.rot90(upright, -1),
}
LOSSLESS = {"PNG": {}, "TIFF": {}, "WEBP": {"lossless": True}}
LOSSY = {"JPEG": {"quality": 95}, "AVIF": {"quality": 95}, "compressed TIFF": {}}


def stored_file(upright: NDArray[np.uint8], tag: int, kind: str) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = tag
    image = Image.fromarray(np.ascontiguousarray(STORED[tag](upright)))
    if kind == "compressed TIFF":
        return written(image, "TIFF", compression="tiff_lzw", exif=exif)
    return written(image, kind, exif=exif, **{**LOSSLESS, **LOSSY}[kind])


@given(
    tag=st.sampled_from(sorted(STORED)),
    kind=st.sampled_from(sorted(LOSSLESS)),
    width=st.integers(64, 90),
    height=st.integers(64, 90),
    seed=st.integers(0, 2**32 - 1),
)
@settings(max_examples=100)
def test_every_orientation_gives_the_upright_pixels(
    tag: int, kind: str, width: int, height: int, seed: int
) -> None:
    upright = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    picture = decode(stored_file(upright, tag, kind), name="foto", min_side=64)
    assert np.array_equal(picture.pixels, upright)
    assert (picture.source.width, picture.source.height) == (width, height)
    assert picture.source.orientation == tag


@pytest.mark.parametrize("kind", sorted(LOSSY))
@pytest.mark.parametrize("tag", sorted(STORED))
def test_every_orientation_is_applied_once_in_every_format(tag: int, kind: str) -> None:
    upright = np.asarray(scene())
    picture = decode(stored_file(upright, tag, kind), name="foto", min_side=64)
    assert np.abs(picture.pixels.astype(int) - upright).mean() < 3
    assert picture.source.orientation == tag


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("tag", sorted(STORED))
def test_a_turned_photo_is_reduced_like_an_upright_one(tag: int, kind: str) -> None:
    upright = np.asarray(scene(800, 600))
    picture = decode(stored_file(upright, tag, kind), name="foto", min_side=150)
    assert picture.pixels.shape == (150, 200, 3)
    assert (picture.source.width, picture.source.height) == (800, 600)
    wanted = np.asarray(scene(200, 150)).astype(int)
    assert np.abs(picture.pixels - wanted).mean() < 2


@pytest.mark.parametrize("tag", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_none(tag: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = tag
    picture = decode(written(scene(), "JPEG", exif=exif), name="foto", min_side=64)
    assert picture.source.orientation == 1
    assert picture.pixels.shape == (72, 96, 3)


def test_an_orientation_in_xmp_alone_is_not_heeded() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    for file_format in ("JPEG", "WEBP"):
        picture = decode(written(scene(), file_format, xmp=xmp), name="foto", min_side=64)
        assert picture.source.orientation == 1
        assert picture.pixels.shape == (72, 96, 3)
