import pickle
import struct
import subprocess
import sys
from io import BytesIO
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms

from models.recipe import RenditionSpec
from processing.colour import srgb_profile
from processing.decode import decode
from processing.encode import LEAST_QUALITY, RenditionTooLarge, encode
from tests.photo_files import scene, textured

Format = Literal["JPEG", "WEBP", "PNG"]
FORMATS: tuple[Format, ...] = ("JPEG", "WEBP", "PNG")
SIDE = 320
PIXELS = np.asarray(textured(SIDE, SIDE))


def spec(file_format: Format, **fields: object) -> RenditionSpec:
    whole = {"name": "utama", "format": file_format, "width": SIDE, "height": SIDE, "view": "composed", **fields}
    return RenditionSpec.model_validate(whole)


def disc(softness: float = 6.0) -> NDArray[np.float32]:
    """Return a round matte with a soft edge."""
    rows, columns = np.mgrid[:SIDE, :SIDE]
    distance = np.hypot(rows - SIDE / 2, columns - SIDE / 2)
    return np.clip((SIDE / 3 - distance) / softness, 0, 1).astype(np.float32)


def read(data: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(BytesIO(data)).convert("RGBA"))


def jpeg_markers(data: bytes) -> list[int]:
    markers, at = [], 2
    while data[at + 1] != 0xDA:
        markers.append(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return markers


def png_chunks(data: bytes) -> list[bytes]:
    names, at = [], 8
    while at < len(data):
        names.append(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return names


def webp_chunks(data: bytes) -> list[bytes]:
    names, at = [], 12
    while at < len(data):
        names.append(data[at : at + 4])
        (length,) = struct.unpack_from("<I", data, at + 4)
        at += 8 + length + length % 2
    return names


@pytest.mark.parametrize(
    ("file_format", "media_type"), [("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("PNG", "image/png")]
)
def test_a_rendition_is_what_its_spec_says(file_format: Format, media_type: str) -> None:
    rendition = encode(PIXELS, None, spec(file_format))
    image = Image.open(BytesIO(rendition.data))
    assert (image.format, image.mode, image.size) == (file_format, "RGB", (SIDE, SIDE))
    assert (rendition.name, rendition.media_type) == ("utama", media_type)
    assert (rendition.width, rendition.height) == (SIDE, SIDE)
    picture = decode(rendition.data, name="foto", min_side=SIDE)
    difference = np.abs(picture.pixels.astype(int) - PIXELS)
    assert difference.mean() <= (0 if file_format == "PNG" else 20)


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_input_gives_the_same_bytes_in_another_process_too(file_format: Format) -> None:
    alpha = None if file_format == "JPEG" else disc()
    first, second = (encode(PIXELS.copy(), alpha, spec(file_format)).data for _ in range(2))
    assert first == second
    script = (
        "import sys, time; time.sleep(1.1)\n"
        "from tests.processing.test_encode import PIXELS, disc, spec\n"
        "from processing.encode import encode\n"
        f"alpha = None if {file_format!r} == 'JPEG' else disc()\n"
        f"sys.stdout.buffer.write(encode(PIXELS, alpha, spec({file_format!r})).data)"
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert other.stdout == first


def test_nothing_but_the_picture_and_its_profile_is_in_a_jpeg() -> None:
    data = encode(PIXELS, None, spec("JPEG")).data
    assert set(jpeg_markers(data)) <= {0xE0, 0xE2, 0xDB, 0xC2, 0xC4}
    assert set(Image.open(BytesIO(data)).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
        "icc_profile",
    }


def test_nothing_but_the_picture_and_its_profile_is_in_a_png() -> None:
    assert set(png_chunks(encode(PIXELS, disc(), spec("PNG")).data)) == {b"IHDR", b"iCCP", b"IDAT", b"IEND"}


def test_nothing_but_the_picture_and_its_profile_is_in_a_webp() -> None:
    assert set(webp_chunks(encode(PIXELS, disc(), spec("WEBP")).data)) == {b"VP8X", b"ICCP", b"ALPH", b"VP8 "}
    assert set(webp_chunks(encode(PIXELS, None, spec("WEBP")).data)) == {b"VP8X", b"ICCP", b"VP8 "}


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_profile_is_srgb_and_has_no_time(file_format: Format) -> None:
    icc = Image.open(BytesIO(encode(PIXELS, None, spec(file_format)).data)).info["icc_profile"]
    assert icc == srgb_profile()
    assert len(icc) < 1000
    assert icc[24:36] == bytes(12)
    profile = ImageCms.ImageCmsProfile(BytesIO(icc))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    same = ImageCms.profileToProfile(scene(), profile, ImageCms.createProfile("sRGB"))
    assert same is not None
    assert np.abs(np.asarray(same).astype(int) - np.asarray(scene())).max() <= 1


@given(quality=st.integers(40, 100), share=st.floats(0.45, 1.2), file_format=st.sampled_from(["JPEG", "WEBP"]))
@settings(max_examples=40)
def test_a_limit_on_bytes_is_kept_at_the_best_quality_that_fits(
    quality: int, share: float, file_format: Format
) -> None:
    unlimited = len(encode(PIXELS, None, spec(file_format, quality=quality)).data)
    limit = int(unlimited * share)
    try:
        data = encode(PIXELS, None, spec(file_format, quality=quality, max_bytes=limit)).data
    except RenditionTooLarge as error:
        least = encode(PIXELS, None, spec(file_format, quality=LEAST_QUALITY)).data
        assert error.found > limit
        assert len(least) > limit * 0.9
    else:
        assert len(data) <= limit
        if unlimited <= limit:
            assert len(data) == unlimited


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_cannot_fit_is_an_error_that_says_so(file_format: Format) -> None:
    with pytest.raises(RenditionTooLarge, match="utama") as error:
        encode(PIXELS, None, spec(file_format, max_bytes=1000))
    assert error.value.wanted == 1000
    assert error.value.found > 1000
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("shape", [(SIDE, SIDE - 1, 3), (SIDE, SIDE), (SIDE, SIDE, 4), (SIDE // 2, SIDE * 2, 3)])
def test_pixels_of_another_size_are_refused(shape: tuple[int, ...], file_format: Format) -> None:
    with pytest.raises(ValueError, match="utama"):
        encode(np.zeros(shape, np.uint8), None, spec(file_format))


def test_alpha_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="alpha"):
        encode(PIXELS, disc()[:-1], spec("WEBP"))
    with pytest.raises(ValueError, match="transparency"):
        encode(PIXELS, disc(), spec("JPEG"))


@pytest.mark.parametrize(("file_format", "furthest"), [("WEBP", 10.0), ("PNG", 0.501)])
def test_a_cutout_is_transparent_outside_and_whole_inside(file_format: Format, furthest: float) -> None:
    alpha = disc()
    found = read(encode(PIXELS, alpha, spec(file_format)).data)[..., 3]
    assert (found[alpha == 0] == 0).all()
    assert (found[alpha == 1] == 255).all()
    assert np.abs(found - alpha * 255).max() <= furthest


def test_a_cutouts_soft_edge_keeps_the_products_colour() -> None:
    alpha = disc()
    red = np.array([190, 40, 30])
    pixels = np.where(alpha[..., None] > 0, red, (30, 200, 60)).astype(np.uint8)
    found = read(encode(pixels, alpha, spec("WEBP")).data).astype(float)
    share = found[..., 3:] / 255
    soft = (alpha > 0.02) & (alpha < 0.98)
    for ground in ((255, 255, 255), (0, 0, 0), (0, 0, 255)):
        shown = found[..., :3] * share + np.array(ground) * (1 - share)
        wanted = red * alpha[..., None] + np.array(ground) * (1 - alpha[..., None])
        assert np.abs(shown - wanted)[soft].max() <= 15
        assert np.abs(shown - wanted)[soft].mean() <= 3


def test_what_is_hidden_under_transparent_pixels_costs_little() -> None:
    alpha = disc()
    noise = np.random.default_rng(0).integers(0, 256, PIXELS.shape).astype(np.uint8)
    sizes = [
        len(encode(np.where(alpha[..., None] > 0, PIXELS, hidden).astype(np.uint8), alpha, spec("WEBP")).data)
        for hidden in (np.full_like(PIXELS, 255), noise)
    ]
    assert sizes[1] < 1.3 * sizes[0]


def test_the_quality_that_was_used_is_told() -> None:
    assert encode(PIXELS, None, spec("JPEG", quality=88)).quality == 88
    assert encode(PIXELS, None, spec("PNG", quality=88)).quality is None
    limit = len(encode(PIXELS, None, spec("JPEG", quality=84)).data)
    assert encode(PIXELS, None, spec("JPEG", quality=88, max_bytes=limit)).quality == 84


def test_fine_colour_keeps_its_resolution_at_high_quality_alone() -> None:
    stripes = np.zeros((SIDE, SIDE, 3), np.uint8)
    stripes[:, ::2], stripes[:, 1::2] = (220, 40, 40), (40, 40, 220)

    def contrast(quality: int) -> float:
        found = read(encode(stripes, None, spec("JPEG", quality=quality)).data).astype(float)
        return float((found[:, ::2, 0] - found[:, 1::2, 0]).mean())

    assert contrast(90) > 150
    assert contrast(89) < 90
