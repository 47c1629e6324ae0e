import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from processing.colour import UNUSABLE_PROFILE, srgb_profile
from processing.decode import decode
from tests.photo_files import scene, written
from tests.processing.decode.icc_profiles import (
    ADOBE_GAMMA,
    ADOBE_RGB,
    DISPLAY_P3,
    SRGB,
    grey_profile,
    linear_to_srgb,
    matrix_profile,
    srgb_to_linear,
    to_xyz,
)

STEPS = np.linspace(0, 1, 1024)
SPACES = {
    "Display P3": (DISPLAY_P3, srgb_to_linear(STEPS)),
    "Adobe RGB": (ADOBE_RGB, STEPS**ADOBE_GAMMA),
}
FORMATS_WITH_PROFILE = ("PNG", "TIFF", "WEBP", "JPEG", "AVIF")


def muted_colours() -> NDArray[np.uint8]:
    """Return colours that lie inside sRGB whichever of the spaces they are in, in blocks of 8 px."""
    axis = np.linspace(110, 170, 10)
    cube = np.stack(np.meshgrid(axis, axis, axis), -1).reshape(25, 40, 3)
    return np.kron(cube, np.ones((8, 8, 1))).astype(np.uint8)


def in_srgb(encoded: NDArray[np.uint8], space: str) -> NDArray[np.float64]:
    """Return what the colours are in sRGB, 0 to 255, by the textbook."""
    primaries, curve = SPACES[space]
    light = np.interp(encoded / 255, STEPS, curve)
    mixed = light @ (np.linalg.inv(to_xyz(SRGB)) @ to_xyz(primaries)).T
    return np.asarray(linear_to_srgb(mixed) * 255)


@pytest.mark.parametrize("file_format", FORMATS_WITH_PROFILE)
@pytest.mark.parametrize("space", SPACES)
def test_a_display_profile_brings_the_colours_into_srgb(space: str, file_format: str) -> None:
    colours = muted_colours()
    lossy = {"quality": 100, "subsampling": "4:4:4"}
    options = {"lossless": True} if file_format == "WEBP" else lossy if file_format in {"JPEG", "AVIF"} else {}
    data = written(
        Image.fromarray(colours), file_format, icc_profile=matrix_profile(space, *SPACES[space]), **options
    )
    picture = decode(data, name="foto", min_side=200)
    wanted = in_srgb(colours, space)
    tolerance = 5 if lossy is options else 1.5
    assert np.percentile(np.abs(picture.pixels - wanted), 99.5) <= tolerance
    assert np.abs(wanted - colours).max() > 10, "taking the profile for sRGB would pass"
    assert picture.source.profile == space


def test_an_srgb_profile_leaves_the_pixels_as_they_are() -> None:
    picture = decode(written(scene(), "PNG", icc_profile=srgb_profile()), name="a.png", min_side=72)
    assert np.array_equal(picture.pixels, np.asarray(scene()))
    assert picture.source.profile is not None
    assert "sRGB" in picture.source.profile


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_a_grey_profile_lightens_grey(file_format: str) -> None:
    ramp = Image.linear_gradient("L")
    picture = decode(written(ramp, file_format, icc_profile=grey_profile(1.8)), name="a", min_side=256)
    wanted = linear_to_srgb((np.asarray(ramp) / 255.0) ** 1.8) * 255
    assert np.abs(picture.pixels - wanted[..., None])[20:].max() <= 4
    assert picture.source.profile == "grey"


def test_a_grey_photo_may_have_a_display_profile() -> None:
    profile = matrix_profile("Adobe RGB", *SPACES["Adobe RGB"])
    picture = decode(written(Image.new("L", (80, 80), 128), "PNG", icc_profile=profile), name="a", min_side=72)
    wanted = in_srgb(np.array([128, 128, 128], np.uint8), "Adobe RGB")
    assert np.abs(picture.pixels - wanted).max() <= 1.5


@pytest.mark.parametrize("file_format", FORMATS_WITH_PROFILE)
@pytest.mark.parametrize(
    "profile",
    [
        b"not a profile",
        bytes(200),
        matrix_profile("cut", *SPACES["Adobe RGB"])[:300],
        grey_profile(1.8),
        ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
    ],
    ids=["text", "zeros", "cut", "grey", "Lab"],
)
def test_a_profile_that_cannot_be_used_does_not_cost_the_photo(profile: bytes, file_format: str) -> None:
    plain = decode(written(scene(), file_format), name="foto", min_side=72)
    picture = decode(written(scene(), file_format, icc_profile=profile), name="foto", min_side=72)
    assert np.array_equal(picture.pixels, plain.pixels)
    assert picture.source.profile == UNUSABLE_PROFILE


INKS = {"white": (0, 0, 0, 0), "cyan": (255, 0, 0, 0), "red": (0, 255, 255, 0), "half": (0, 0, 0, 128)}
MIXED = {"white": (255, 255, 255), "cyan": (0, 255, 255), "red": (255, 0, 0), "half": (127, 127, 127)}


def without_adobe_segment(jpeg: bytes) -> bytes:
    at = jpeg.index(b"\xff\xee")
    assert jpeg[at + 4 : at + 9] == b"Adobe"
    return jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big") :]


@pytest.mark.parametrize("ink", INKS)
def test_inks_are_mixed_with_and_without_adobes_mark(ink: str) -> None:
    # Both are stored inverted, as every browser reads them, whatever the mark says.
    adobe = written(Image.new("CMYK", (80, 80), INKS[ink]), "JPEG", quality=100)
    tiff = written(Image.new("CMYK", (80, 80), INKS[ink]), "TIFF")
    for data in (adobe, without_adobe_segment(adobe), tiff):
        picture = decode(data, name="foto", min_side=64)
        assert np.abs(picture.pixels.astype(int) - MIXED[ink]).max() <= 2


@pytest.mark.parametrize("ink", INKS)
def test_ycck_is_turned_back_into_inks(ink: str) -> None:
    # What libjpeg calls YCCK: the YCbCr of what the inks would leave of white if stored as they are, and the key.
    cyan, magenta, yellow, key = INKS[ink]
    y, cb, cr = Image.new("RGB", (1, 1), (cyan, magenta, yellow)).convert("YCbCr").getpixel((0, 0))
    stored = Image.new("CMYK", (80, 80), tuple(255 - part for part in (y, cb, cr, 255 - key)))
    data = bytearray(written(stored, "JPEG", quality=100))
    at = data.index(b"Adobe") + 11
    data[at] = 2
    picture = decode(bytes(data), name="foto.jpg", min_side=64)
    assert np.abs(picture.pixels.astype(int) - MIXED[ink]).max() <= 3
