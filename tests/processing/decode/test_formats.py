from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from models.picture import Picture
from processing.decode import decode
from tests.photo_files import FORMATS, HEIC_TRANSPARENT, HEIC_TURNED, scene, textured, valid_file, written

QUARTERS = ((18, 24), (18, 72), (54, 24), (54, 72))


def assert_shows_scene(picture: Picture) -> None:
    wanted = np.asarray(scene()).astype(int)
    assert picture.pixels.shape == wanted.shape
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.flags.c_contiguous
    for place in QUARTERS:
        assert np.abs(picture.pixels[place] - wanted[place]).max() <= 4


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_gives_its_pixels_and_says_what_it_was(file_format: str) -> None:
    data = valid_file(file_format)
    picture = decode(data, name="foto" + FORMATS[file_format].upper(), min_side=2000)
    assert_shows_scene(picture)
    assert picture.source.format == file_format
    assert (picture.source.width, picture.source.height, picture.source.bytes) == (96, 72, len(data))
    assert picture.source.orientation == 1
    assert picture.source.profile is None
    assert picture.source.taken_at is None
    assert not picture.source.had_alpha


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("name", ["foto", ".jpg", "dari ponsel."])
def test_a_name_without_an_extension_fits_every_format(name: str, file_format: str) -> None:
    assert_shows_scene(decode(valid_file(file_format), name=name, min_side=2000))


@pytest.mark.parametrize(
    ("name", "file_format"),
    [("a.jpeg", "JPEG"), ("a.JPE", "JPEG"), ("a.jfif", "JPEG"), ("a.tiff", "TIFF"), ("a.heif", "HEIF")],
)
def test_a_format_may_have_several_extensions(name: str, file_format: str) -> None:
    assert_shows_scene(decode(valid_file(file_format), name=name, min_side=2000))


@pytest.mark.parametrize("garbage", [b"\0", b"\xff\xd8\xff", bytes(range(256)) * 40, valid_file("PNG")])
def test_a_jpeg_followed_by_garbage_is_a_photo(garbage: bytes) -> None:
    assert_shows_scene(decode(valid_file("JPEG") + garbage, name="foto.jpg", min_side=2000))


def test_a_phones_jpeg_of_several_pictures_gives_the_first() -> None:
    data = written(scene(), "MPO", save_all=True, append_images=[scene().rotate(180)], quality=90)
    assert Image.open(BytesIO(data)).format == "MPO"
    picture = decode(data, name="foto.jpg", min_side=2000)
    assert_shows_scene(picture)
    assert picture.source.format == "JPEG"


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_of_several_frames_the_first_is_taken(file_format: str) -> None:
    later = [scene().rotate(180), Image.new("RGB", (96, 72), "black")]
    options = {"save_all": True, "append_images": later}
    data = written(scene(), file_format, **options)
    assert Image.open(BytesIO(data)).n_frames == 3
    assert_shows_scene(decode(data, name="foto", min_side=2000))

    picture = decode(data, name="foto", min_side=2000)
    assert picture.source.moves is (file_format != "TIFF")  # whose further pages are no animation


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_single_picture_does_not_move_and_its_name_is_remembered(file_format: str) -> None:
    source = decode(valid_file(file_format), name="Foto" + FORMATS[file_format].upper(), min_side=2000).source
    assert source.moves is False
    assert source.extension == FORMATS[file_format]
    assert decode(valid_file(file_format), name="foto", min_side=2000).source.extension == ""


def test_a_gif_that_breaks_after_its_first_frame_may_move_or_not() -> None:
    data = written(scene(), "GIF", save_all=True, append_images=[scene().rotate(180)])
    second = data.rindex(b"\x2c")  # where the second frame's descriptor begins
    picture = decode(data[: second + 4], name="foto.gif", min_side=2000)
    assert_shows_scene(picture)
    assert picture.source.moves is not False


@pytest.mark.parametrize(
    ("mode", "file_format", "colours"),
    [
        ("RGB", "JPEG", "RGB"),
        ("CMYK", "JPEG", "CMYK"),
        ("L", "JPEG", "grey"),
        ("P", "PNG", "RGB"),
        ("1", "PNG", "grey"),
        ("LA", "PNG", "grey"),
        ("I;16", "PNG", "grey"),
        ("RGBA", "WEBP", "RGB"),
        ("CMYK", "TIFF", "CMYK"),
    ],
)
def test_a_file_says_how_it_keeps_its_colours(mode: str, file_format: str, colours: str) -> None:
    picture = scene().convert("L").convert(mode) if mode == "I;16" else scene().convert(mode)
    assert decode(written(picture, file_format), name="foto", min_side=2000).source.colours == colours


def test_a_bmp_may_be_stored_from_top_to_bottom() -> None:
    data = bytearray(written(scene().transpose(Image.Transpose.FLIP_TOP_BOTTOM), "BMP"))
    data[22:26] = (-72).to_bytes(4, "little", signed=True)
    assert_shows_scene(decode(bytes(data), name="foto.bmp", min_side=2000))


def test_a_heic_turned_by_its_container_is_turned_once() -> None:
    picture = decode(HEIC_TURNED, name="IMG_0001.HEIC", min_side=2000)
    assert_shows_scene(picture)
    assert picture.source.orientation == 6
    assert picture.source.taken_at == "2024:05:17 09:30:00"


def test_a_heic_may_be_transparent() -> None:
    picture = decode(HEIC_TRANSPARENT, name="IMG_0001.heic", min_side=2000)
    assert picture.source.had_alpha
    assert (picture.pixels[40:] == 255).all()
    assert np.abs(picture.pixels[18, 24].astype(int) - (200, 30, 30)).max() <= 4


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_whole_jpeg_that_ends_in_mid_grey_is_not_taken_for_a_truncated_one(mode: str, progressive: bool) -> None:
    picture = textured()
    picture.paste((128, 128, 128), (0, 120, 320, 240))
    data = written(picture.convert(mode), "JPEG", quality=95, progressive=progressive)
    lower = decode(data, name="foto.jpg", min_side=2000).pixels[140:]
    assert np.abs(lower.astype(int) - 128).max() <= 2


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "TIFF"])
def test_the_same_bytes_give_the_same_pixels(file_format: str) -> None:
    data = written(textured(), file_format)
    first, second = (decode(data, name="foto", min_side=100) for _ in range(2))
    assert first.source == second.source
    assert first.pixels.tobytes() == second.pixels.tobytes()


def test_a_png_with_long_texts_beside_its_pixels_is_a_photo() -> None:
    out, info = BytesIO(), PngInfo()
    info.add_text("Raw profile type xmp", "0123456789" * 140_000, zip=True)
    scene().save(out, "PNG", pnginfo=info)
    assert_shows_scene(decode(out.getvalue(), name="foto.png", min_side=2000))
