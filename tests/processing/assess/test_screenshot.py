import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.assessment import DefectCode
from models.matte import Matte
from models.picture import Picture, Source
from processing.assess.screenshot import find_screenshot, measure_screenshot
from processing.assess.subject import reduce

Pixels = NDArray[np.uint8]
JPEG = Source(format="JPEG", width=1, height=1, bytes=200_000)


def found(pixels: Pixels, source: Source = JPEG) -> list[DefectCode]:
    height, width = pixels.shape[:2]
    picture = Picture(pixels, source.model_copy(update={"width": width, "height": height}))
    subject = reduce(picture, Matte(np.zeros((height, width), np.float32), 1.0), 0.5)
    return [defect.code for defect in find_screenshot(measure_screenshot(subject))]


def screen(photo: Pixels, *, dark: bool, height: int = 1560) -> Pixels:
    """A phone's screen with a status bar above a shop's page."""
    paper, ink = (("black", "white"), ("white", "black"))[not dark]
    page = Image.new("RGB", (720, height), paper)
    draw = ImageDraw.Draw(page)
    sign = ImageFont.load_default(24)
    draw.text((28, 14), "09.41", font=sign, fill=ink)
    draw.text((570, 14), "4G", font=sign, fill=ink)
    draw.rectangle((650, 16, 690, 36), outline=ink, width=3)
    page.paste(Image.fromarray(photo).resize((720, 540)), (0, 60))
    draw.text((28, 640), "Rp 45.000", font=ImageFont.load_default(36), fill=ink)
    return np.asarray(page)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("height", [1280, 1560, 1600])
def test_a_phones_screen_is_found_by_its_status_bar(dark: bool, height: int, pixels: Pixels) -> None:
    assert found(screen(pixels, dark=dark, height=height)) == [DefectCode.SCREENSHOT]


def test_its_status_bar_is_shown_as_its_place(pixels: Pixels) -> None:
    picture = Picture(screen(pixels, dark=False), JPEG.model_copy(update={"width": 720, "height": 1560}))
    subject = reduce(picture, Matte(np.zeros((1560, 720), np.float32), 1.0), 0.5)
    (defect,) = find_screenshot(measure_screenshot(subject))
    assert defect.box is not None
    assert (defect.box.left, defect.box.top, defect.box.right) == (0, 0, 1)
    assert 36 / 1560 < defect.box.bottom < 60 / 1560


def test_a_screen_that_was_saved_again_as_a_jpeg_is_found(pixels: Pixels) -> None:
    _, data = cv2.imencode(".jpg", screen(pixels, dark=False), [cv2.IMWRITE_JPEG_QUALITY, 70])
    assert found(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)) == [DefectCode.SCREENSHOT]


def test_a_png_of_a_screens_size_is_one_and_a_cut_out_of_that_size_is_none(pixels: Pixels) -> None:
    tall = np.asarray(cv2.resize(pixels, (1080, 2340)), np.uint8)
    png = JPEG.model_copy(update={"format": "PNG"})
    assert found(tall, png) == [DefectCode.SCREENSHOT]
    assert found(tall, png.model_copy(update={"had_alpha": True})) == []
    assert found(tall) == []


def test_photos_are_no_screenshots(pixels: Pixels) -> None:
    assert found(pixels) == []
    assert found(np.ascontiguousarray(np.rot90(pixels))) == []
    assert found(np.asarray(cv2.resize(pixels, (720, 1560)), np.uint8)) == []


def test_a_tall_photo_with_things_along_its_upper_edge_is_no_screenshot(pixels: Pixels) -> None:
    tall = np.full((1560, 720, 3), 205, np.uint8)
    tall[500:1040] = cv2.resize(pixels, (720, 540))
    cv2.line(tall, (40, 0), (90, 60), (60, 60, 60), 6)  # a rod that comes into the photo from above
    cv2.circle(tall, (650, 20), 10, (40, 40, 40), -1)
    assert found(tall) == []
