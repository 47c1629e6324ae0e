import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.matte import Matte
from models.recipe import Framing
from processing.extent import SUPPORT, Side, cut_sides, outer_corners
from processing.frame import Placement, fit, frame, place
from processing.tilt import measure_tilt

Alpha = NDArray[np.float32]

WIDE = 600, 450


def block(width: int, height: int, left: int, top: int, right: int, bottom: int, degrees: float = 0.0) -> Alpha:
    """A solid rectangle given in px, turned clockwise about its own centre."""
    centre = np.array([(left + right) / 2, (top + bottom) / 2])
    angle = math.radians(degrees)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]]) - centre
    alpha = np.zeros((height, width), np.float32)
    cv2.fillConvexPoly(alpha, np.rint((corners @ turn.T + centre) * 16).astype(np.int32), 1.0, cv2.LINE_AA, 4)
    return np.clip(alpha, 0, 1)


def mapped(placement: Placement, points: NDArray[np.float64]) -> NDArray[np.float64]:
    matrix = np.array(placement.matrix)
    return points @ matrix[:, :2].T + matrix[:, 2]


@st.composite
def mattes(draw: st.DrawFn) -> Alpha:
    height, width = draw(st.integers(3, 40)), draw(st.integers(3, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    alpha = rng.random((height, width), np.float32) * (rng.random((height, width)) < draw(st.floats(0.01, 1)))
    x, y = sorted(rng.integers(0, width, 2)), sorted(rng.integers(0, height, 2))
    alpha[y[0] : y[1] + 1, x[0] : x[1] + 1] = 1
    return alpha.astype(np.float32)


@given(
    alpha=mattes(),
    magnification=st.floats(1, 50),
    aspect=st.sampled_from([0.5, 0.75, 1.0, 4 / 3, 2.0]),
    margin=st.floats(0, 0.4),
    limit=st.floats(1, 4),
    side=st.integers(8, 1600),
)
def test_the_whole_product_lies_in_the_frame_and_is_not_enlarged_too_far(
    alpha: Alpha, magnification: float, aspect: float, margin: float, limit: float, side: int
) -> None:
    size = round(alpha.shape[1] * magnification), round(alpha.shape[0] * magnification)
    output = max(1, round(side * aspect)), side
    framing = Framing(aspect=aspect, margin=margin, max_enlargement=limit)
    placement = frame(size, Matte(alpha, 1.0), framing, output)
    at = mapped(placement, outer_corners(alpha, SUPPORT) * size)
    assert (at >= -1e-6).all()
    assert (at <= np.array(output) + 1e-6).all()
    assert placement.scale <= limit


@given(alpha=mattes(), threshold=st.floats(0, 0.99))
def test_outer_corners_enclose_every_pixel_of_the_support(alpha: Alpha, threshold: float) -> None:
    rows, columns = np.nonzero(alpha > threshold)
    corners = outer_corners(alpha, threshold) * [alpha.shape[1], alpha.shape[0]]
    assert corners.min(axis=0) == pytest.approx([columns.min(), rows.min()])
    assert corners.max(axis=0) == pytest.approx([columns.max() + 1, rows.max() + 1])


def test_the_product_is_centred_with_the_margin_on_its_longer_axis() -> None:
    alpha = block(*WIDE, 100, 150, 500, 250)
    placement = frame((2400, 1800), Matte(alpha, 1.0), Framing(margin=0.1), (1000, 1000))
    at = mapped(placement, outer_corners(alpha, SUPPORT) * (2400, 1800))
    (left, top), (right, bottom) = at.min(axis=0), at.max(axis=0)
    assert left == pytest.approx(100)
    assert right == pytest.approx(900)
    assert top + bottom == pytest.approx(1000)


def test_a_small_product_stays_small_rather_than_being_enlarged() -> None:
    placement = frame((600, 450), Matte(block(*WIDE, 290, 210, 320, 240), 1.0), Framing(), (1200, 1200))
    assert placement.scale == 1.25
    assert placement.outside == {Side.LEFT, Side.TOP, Side.RIGHT, Side.BOTTOM}


@pytest.mark.parametrize("degrees", [-14.0, -5.0, -2.0, 1.0, 4.0, 9.0, 12.0])
def test_a_tilt_is_straightened(degrees: float) -> None:
    alpha = block(*WIDE, 200, 120, 420, 330, degrees)
    placement = frame((1800, 1350), Matte(alpha, 1.0), Framing(), (1200, 1200))
    assert placement.rotation == pytest.approx(degrees, abs=0.3)
    straight = place(alpha, placement)
    assert abs(measure_tilt(straight, 1200, 1200)) < 0.3


@pytest.mark.parametrize("degrees", [17.0, -20.0, 44.0])
def test_a_large_tilt_is_intent(degrees: float) -> None:
    alpha = block(*WIDE, 200, 120, 420, 330, degrees)
    assert measure_tilt(alpha, 600, 450) == pytest.approx(degrees, abs=0.3)
    assert frame(WIDE, Matte(alpha, 1.0), Framing(), (500, 500)).rotation == 0


def test_a_tilt_is_measured_on_the_picture_and_not_on_a_matte_of_rounded_aspect() -> None:
    alpha = block(*WIDE, 200, 120, 420, 330, 4.0)
    assert measure_tilt(cv2.resize(alpha, (256, 190)), 600, 450) == pytest.approx(4.0, abs=0.5)


def test_an_outline_without_straight_edges_has_no_tilt() -> None:
    alpha = np.zeros((450, 600), np.float32)
    cv2.ellipse(alpha, (300, 220), (180, 120), 4, 0, 360, 1.0, -1)
    assert measure_tilt(alpha, *WIDE) is None


def test_slanting_sides_are_perspective_and_not_tilt() -> None:
    alpha = np.zeros((450, 600), np.float32)
    cv2.fillConvexPoly(alpha, np.array([[200, 100], [400, 100], [415, 350], [185, 350]]), 1.0)
    tilt = measure_tilt(alpha, *WIDE)
    assert tilt is None or abs(tilt) < 0.2


@pytest.mark.parametrize(
    ("box", "side"),
    [
        ((0, 120, 300, 330), Side.LEFT),
        ((200, 0, 400, 300), Side.TOP),
        ((300, 120, 600, 330), Side.RIGHT),
        ((200, 150, 400, 450), Side.BOTTOM),
    ],
)
def test_a_cut_off_product_is_laid_flush_with_its_cut(box: tuple[int, int, int, int], side: Side) -> None:
    alpha = block(*WIDE, *box)
    assert cut_sides(alpha) == {side}
    placement = frame((1800, 1350), Matte(alpha, 1.0), Framing(), (1200, 1200))
    placed = place(alpha, placement)
    assert cut_sides(placed) == {side}


def test_a_product_that_spans_its_photo_reaches_from_side_to_side() -> None:
    alpha = block(*WIDE, -10, 100, 610, 300)
    placement = frame((1800, 1350), Matte(alpha, 1.0), Framing(), (1200, 1200))
    assert cut_sides(place(alpha, placement)) == {Side.LEFT, Side.RIGHT}


def test_a_cut_off_product_is_not_turned() -> None:
    alpha = block(*WIDE, -60, 120, 300, 330, 3.0)
    assert frame(WIDE, Matte(alpha, 1.0), Framing(), (500, 500)).rotation == 0


def test_a_speck_at_the_edge_is_not_a_cut() -> None:
    alpha = block(*WIDE, 200, 120, 400, 330)
    alpha[200:206, :8] = 1
    assert cut_sides(alpha) == frozenset()


def test_pixels_and_a_smaller_matte_land_on_the_same_place() -> None:
    alpha = block(1200, 900, 250, 200, 800, 700, 5.0)
    pixels = np.repeat((alpha * 255).astype(np.uint8)[:, :, None], 3, axis=2)
    small = cv2.resize(alpha, (400, 300), interpolation=cv2.INTER_AREA)
    placement = frame((1200, 900), Matte(small, 1.0), Framing(), (800, 800))
    from_pixels = place(pixels, placement)[:, :, 0] / 255
    from_matte = place(small, placement)
    assert from_pixels.shape == from_matte.shape == (800, 800)
    assert from_matte.dtype == np.float32
    assert abs(from_pixels - from_matte).mean() < 0.01
    at = [np.argwhere(one > 0.5).mean(axis=0) for one in (from_pixels, from_matte)]
    assert at[0] == pytest.approx(at[1], abs=0.2)


def test_a_photo_of_the_frames_own_size_is_left_as_it_is() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (120, 160, 3), np.uint8)
    assert (place(pixels, fit((160, 120), (160, 120))) == pixels).all()


@pytest.mark.parametrize("factor", [2, 3, 5, 7.3])
def test_fine_detail_is_averaged_and_not_skipped(factor: float) -> None:
    pixels = np.zeros((840, 840, 3), np.uint8)
    pixels[::2, ::2] = pixels[1::2, 1::2] = 255
    side = round(840 / factor)
    small = place(pixels, fit((840, 840), (side, side)))
    # A mean of 3 x 3 pixels of a chessboard has one of either colour too many: 127.5 / 9 levels off.
    assert abs(small[2:-2, 2:-2].astype(int) - 127.5).max() <= 15


@given(
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
    output=st.tuples(st.integers(1, 1600), st.integers(1, 1600)),
)
def test_fit_shows_the_whole_photo_centred_and_not_enlarged(
    width: int, height: int, output: tuple[int, int]
) -> None:
    placement = fit((width, height), output)
    low, high = mapped(placement, np.array([[0, 0], [width, height]]))
    assert (low >= -1e-6).all()
    assert (high <= np.array(output) + 1e-6).all()
    assert low + high == pytest.approx(np.array(output, float))
    assert placement.scale <= 1


def test_fit_says_where_the_photo_ends() -> None:
    assert fit((400, 200), (300, 300)).outside == {Side.TOP, Side.BOTTOM}
    assert fit((300, 300), (300, 300)).outside == frozenset()


def test_beyond_the_photo_there_is_no_product() -> None:
    placed = place(np.ones((200, 400), np.float32), fit((400, 200), (300, 300)))
    assert placed[:70].max() == 0
    assert placed[80:220].min() == 1


def test_a_frame_of_another_aspect_than_the_recipes_is_refused() -> None:
    with pytest.raises(ValueError, match="aspect"):
        frame(WIDE, Matte(block(*WIDE, 200, 120, 400, 330), 1.0), Framing(aspect=1.0), (800, 600))


def test_an_empty_matte_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        frame(WIDE, Matte(np.zeros((45, 60), np.float32), 1.0), Framing(), (800, 800))
