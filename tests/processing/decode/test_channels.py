import struct
import zlib

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from processing.decode import decode
from tests.photo_files import scene, written

RAMP = np.linspace(0, 65535, 128 * 128).reshape(128, 128)


def by_opencv(levels: NDArray[np.uint16], extension: str) -> bytes:
    """Return a file of 16 bits a channel (in OpenCV's order, BGR), which Pillow cannot write."""
    return cv2.imencode(extension, levels)[1].tobytes()


def tiff_of_grey(levels: NDArray[np.uint16], bits: int, photometric: int) -> bytes:
    """Return an uncompressed little-endian TIFF of 12 or 16 bits."""
    height, width = levels.shape
    if bits == 16:
        strip = levels.astype("<u2").tobytes()
    else:
        pairs = levels.reshape(-1, 2).astype(int)
        packed = np.stack([pairs[:, 0] >> 4, (pairs[:, 0] & 15) << 4 | pairs[:, 1] >> 8, pairs[:, 1] & 255], 1)
        strip = packed.astype(np.uint8).tobytes()
    tags = [
        (256, width),
        (257, height),
        (258, bits),
        (259, 1),
        (262, photometric),
        (273, 0),
        (277, 1),
        (278, height),
    ]
    tags.append((279, len(strip)))
    start = 8 + 2 + 12 * len(tags) + 4
    entries = [struct.pack("<HHII", tag, 4, 1, start if tag == 273 else value) for tag, value in tags]
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + b"".join(entries) + bytes(4) + strip


@pytest.mark.parametrize("extension", [".png", ".tiff"])
def test_sixteen_bits_of_grey_are_scaled_and_not_clipped(extension: str) -> None:
    picture = decode(by_opencv(RAMP.astype(np.uint16), extension), name="foto" + extension, min_side=128)
    wanted = np.round(RAMP / 257)
    assert np.abs(picture.pixels - wanted[..., None]).max() <= 1
    assert (picture.pixels.min(), picture.pixels.max()) == (0, 255)


@pytest.mark.parametrize("extension", [".png", ".tiff"])
@pytest.mark.parametrize("channels", [3, 4])
def test_sixteen_bits_of_colour_are_scaled_and_not_clipped(extension: str, channels: int) -> None:
    blue, green, red = RAMP, RAMP[::-1], RAMP.T
    parts = [blue, green, red, np.full_like(RAMP, 65535)][:channels]
    data = by_opencv(np.stack(parts, -1).astype(np.uint16), extension)
    picture = decode(data, name="foto" + extension, min_side=128)
    wanted = np.stack([red, green, blue], -1) / 257
    assert np.abs(picture.pixels - wanted).max() <= 1
    assert not picture.source.had_alpha


@pytest.mark.parametrize(("bits", "photometric"), [(12, 1), (16, 0), (16, 1)])
def test_a_tiff_of_grey_knows_its_white(bits: int, photometric: int) -> None:
    white = 2**bits - 1
    levels = np.round(RAMP / 65535 * white).astype(np.uint16)
    wanted = RAMP / 257 if photometric == 1 else 255 - RAMP / 257
    picture = decode(tiff_of_grey(levels, bits, photometric), name="foto.tif", min_side=128)
    assert np.abs(picture.pixels - wanted[..., None]).max() <= 1


def test_a_key_level_of_sixteen_bits_is_transparent() -> None:
    levels = np.full((80, 80), 20_000, np.uint16)
    levels[:40] = 300
    plain = by_opencv(levels, ".png")
    end_of_header = plain.index(b"IDAT") - 4
    key = struct.pack(">I", 2) + b"tRNS" + struct.pack(">H", 300)
    key += struct.pack(">I", zlib.crc32(key[4:]))
    picture = decode(plain[:end_of_header] + key + plain[end_of_header:], name="foto.png", min_side=80)
    assert picture.source.had_alpha
    assert (picture.pixels[:40] == 255).all()
    assert (picture.pixels[40:] == round(20_000 / 257)).all()


def test_a_key_colour_of_sixteen_bits_is_transparent() -> None:
    levels = np.full((80, 80, 3), 20_000, np.uint16)
    levels[:40] = (300, 600, 60_000)
    plain = by_opencv(levels, ".png")
    end_of_header = plain.index(b"IDAT") - 4
    key = struct.pack(">I", 6) + b"tRNS" + struct.pack(">3H", 60_000, 600, 300)
    key += struct.pack(">I", zlib.crc32(key[4:]))
    picture = decode(plain[:end_of_header] + key + plain[end_of_header:], name="foto.png", min_side=80)
    assert picture.source.had_alpha
    assert (picture.pixels[:40] == 255).all()
    assert (picture.pixels[40:] == 20_000 >> 8).all()


@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "BMP", "GIF"])
def test_one_bit_is_black_and_white(file_format: str) -> None:
    bits = Image.fromarray(np.random.default_rng(0).random((70, 90)) > 0.5)
    picture = decode(written(bits, file_format), name="foto", min_side=70)
    assert np.array_equal(picture.pixels, np.repeat(np.asarray(bits)[..., None], 3, -1) * 255)


@pytest.mark.parametrize("file_format", ["PNG", "GIF", "BMP", "TIFF"])
def test_a_palette_gives_its_colours(file_format: str) -> None:
    picture = decode(
        written(scene().convert("P", palette=Image.Palette.ADAPTIVE), file_format), name="a", min_side=72
    )
    assert np.abs(picture.pixels.astype(int) - np.asarray(scene())).max() <= 1
    assert not picture.source.had_alpha


@pytest.mark.parametrize("file_format", ["PNG", "GIF"])
def test_a_palettes_transparent_colour_becomes_white(file_format: str) -> None:
    image = scene().convert("P", palette=Image.Palette.ADAPTIVE, colors=4)
    red = image.getpixel((5, 5))
    picture = decode(written(image, file_format, transparency=red), name="a", min_side=72)
    assert picture.source.had_alpha
    assert (picture.pixels[:36, :48] == 255).all()
    assert np.abs(picture.pixels[60, 10].astype(int) - (40, 60, 200)).max() <= 1


@pytest.mark.parametrize(
    ("mode", "file_format"),
    [("RGBA", "PNG"), ("RGBA", "WEBP"), ("RGBA", "TIFF"), ("RGBA", "AVIF"), ("LA", "PNG"), ("LA", "TIFF")],
)
def test_transparency_is_laid_on_white(file_format: str, mode: str) -> None:
    image = scene().convert(mode)
    image.putalpha(Image.linear_gradient("L").resize((96, 72)))
    best = {"quality": 100, "subsampling": "4:4:4"}
    options = {"lossless": True} if file_format == "WEBP" else best if file_format == "AVIF" else {}
    picture = decode(written(image, file_format, **options), name="foto", min_side=72)
    whole = np.asarray(image.convert("RGBA")).astype(float)
    share = whole[..., 3:] / 255
    wanted = whole[..., :3] * share + 255 * (1 - share)
    assert picture.source.had_alpha
    assert np.abs(picture.pixels - wanted).max() <= (8 if file_format == "AVIF" else 1)


def test_an_alpha_channel_that_hides_nothing_is_no_transparency() -> None:
    picture = decode(written(scene().convert("RGBA"), "PNG"), name="foto.png", min_side=72)
    assert not picture.source.had_alpha
    assert np.array_equal(picture.pixels, np.asarray(scene()))
