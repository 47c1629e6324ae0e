import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.reading import Point, TextLine
from processing.assess.lettering import look_at

WIDTH, HEIGHT = 640, 480


def line_at(left: float, top: float, right: float, bottom: float, degrees: float = 0.0) -> TextLine:
    """A line in px, turned clockwise about its middle."""
    middle = np.array([(left + right) / 2, (top + bottom) / 2])
    turn = np.radians(degrees)
    onto = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    placed = ((corners - middle) @ onto + middle) / (WIDTH, HEIGHT)
    first, second, third, fourth = ((float(x), float(y)) for x, y in placed)
    quad: tuple[Point, Point, Point, Point] = (first, second, third, fourth)
    return TextLine(text="Toko Berkah 12", corners=quad, confidence=0.9)


def plain(level: int = 120) -> NDArray[np.uint8]:
    return np.full((HEIGHT, WIDTH, 3), level, np.uint8)


def test_a_lines_place_and_size_are_shares_of_the_photos_longer_side() -> None:
    one = look_at(line_at(64, 400, 384, 448), plain(), None)
    assert one.length == pytest.approx(0.5)
    assert one.height == pytest.approx(0.075)
    assert one.margin == pytest.approx(32 / 640)
    assert one.centre == pytest.approx((224 / 640, 424 / 480))
    assert one.letters == 12
    assert one.on_product is None


def test_a_level_line_in_the_middle_is_not_at_the_side_however_wide() -> None:
    assert look_at(line_at(4, 220, 636, 260), plain(), None).margin == pytest.approx(220 / 640)


def test_what_lies_between_two_words_of_a_line_is_none_of_it() -> None:
    product = np.zeros((HEIGHT, WIDTH), np.bool_)
    product[:, :200] = product[:, 440:] = True
    words = line_at(40, 200, 160, 240), line_at(480, 200, 600, 240)
    joined = line_at(40, 200, 600, 240)
    assert look_at(joined, plain(), product, words).on_product == 1.0
    assert look_at(joined, plain(), product).on_product == pytest.approx(320 / 560, abs=0.02)


@pytest.mark.parametrize("degrees", [0.0, 20.0])
def test_a_lines_row_is_told_across_the_line(degrees: float) -> None:
    turn = np.radians(degrees)
    down = -np.sin(turn) * 60, np.cos(turn) * 60
    beside = np.cos(turn) * 60, np.sin(turn) * 60

    def row(by: tuple[float, float]) -> float:
        return look_at(line_at(220 + by[0], 220 + by[1], 420 + by[0], 260 + by[1], degrees), plain(), None).row

    assert row(down) - row((0, 0)) == pytest.approx(60 / 640)
    assert row(beside) == pytest.approx(row((0, 0)))


@settings(max_examples=60)
@given(st.floats(-89, 89))
def test_the_angle_of_a_line_and_its_distance_from_the_axes_are_told(degrees: float) -> None:
    one = look_at(line_at(200, 220, 440, 260, degrees), plain(), None)
    assert one.angle == pytest.approx(degrees, abs=0.01)
    assert one.off_axis == pytest.approx(min(abs(degrees), 90 - abs(degrees)), abs=0.01)


def test_the_share_of_a_line_on_the_product_is_told() -> None:
    product = np.zeros((240, 320), np.bool_)
    product[:, 160:] = True
    shares = [look_at(line_at(left, 200, left + 200, 240), plain(), product).on_product for left in (80, 220, 400)]
    assert shares == pytest.approx([0.0, 0.5, 1.0], abs=0.02)


@pytest.mark.parametrize("height", [14, 24, 60])
def test_drawn_ground_is_even_and_photographed_ground_is_not(height: int) -> None:
    photo = Image.new("RGB", (WIDTH, HEIGHT), (200, 30, 40))
    face = ImageFont.load_default(height)
    place = 60, 200
    ImageDraw.Draw(photo).text(place, "Toko Berkah", font=face, fill="white")
    box = ImageDraw.Draw(photo).textbbox(place, "Toko Berkah", font=face)
    drawn = np.asarray(photo)
    shade = np.linspace(1.0, 0.6, WIDTH)[None, :, None]
    grain = np.random.default_rng(2).normal(0, 12, drawn.shape)
    photographed = np.clip(drawn * shade + grain, 0, 255).astype(np.uint8)
    even, uneven = (look_at(line_at(*box), pixels, None) for pixels in (drawn, photographed))
    assert even.contrast > 50
    assert even.ground_spread < 0.5
    assert even.ground_drift < 0.5
    assert uneven.ground_spread > 2
    assert uneven.ground_drift > even.ground_drift


def test_a_line_on_nothing_has_no_contrast() -> None:
    assert look_at(line_at(200, 220, 440, 260), plain(), None).contrast == 0.0
