"""A matte follows a person's strokes: to the letter where she painted, by colour nearby, and nowhere else."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.matte import Doubt, Matte
from models.strokes import Mark, Stroke
from processing.matte.corrected import correct
from processing.matte.strokes import KEPT, NOWHERE, REACH, REMOVED, follow_strokes, paint

SIZE = (120, 90)
Shares = st.floats(0.0, 1.0)
Strokes = st.lists(
    st.builds(
        Stroke,
        mark=st.sampled_from(Mark),
        width=st.floats(0.005, 0.25),
        points=st.lists(st.tuples(Shares, Shares), min_size=1, max_size=5).map(tuple),
    ),
    max_size=6,
).map(tuple)
Scene = tuple[NDArray[np.uint8], NDArray[np.float32]]


def scene(seed: int = 0) -> Scene:
    """Return a brown jar on a grey table beside a blue cup, and a matte that has both."""
    random = np.random.default_rng(seed)
    pixels = np.full((SIZE[1], SIZE[0], 3), (190, 190, 185), np.uint8)
    pixels[25:75, 20:55] = (120, 70, 40)
    pixels[45:75, 62:85] = (40, 70, 160)
    noisy = np.clip(pixels + random.normal(0, 5, pixels.shape), 0, 255).astype(np.uint8)
    alpha = np.zeros((SIZE[1], SIZE[0]), np.float32)
    alpha[25:75, 20:55] = 1
    alpha[45:75, 62:85] = 1
    return noisy, np.asarray(cv2.GaussianBlur(alpha, (5, 5), 0), np.float32)


def stroke(mark: Mark, *points: tuple[float, float], width: float = 0.04) -> Stroke:
    return Stroke(mark=mark, width=width, points=points)


@settings(deadline=None, max_examples=60)
@given(strokes=Strokes, seed=st.integers(0, 3))
def test_what_is_painted_is_so_and_what_is_far_stays(strokes: tuple[Stroke, ...], seed: int) -> None:
    pixels, alpha = scene(seed)
    corrected = follow_strokes(pixels, alpha, strokes)
    painted = paint(strokes, SIZE)
    assert corrected.dtype == np.float32
    assert corrected.min() >= 0.0 and corrected.max() <= 1.0
    assert np.all(corrected[painted == KEPT] >= 0.99)
    assert np.all(corrected[painted == REMOVED] <= 0.01)
    if strokes:
        away = cv2.distanceTransform((painted == NOWHERE).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        far = away > REACH * max(SIZE) + 3
        assert np.array_equal(corrected[far], alpha[far])
    assert follow_strokes(pixels, alpha, strokes).tobytes() == corrected.tobytes()


def test_without_strokes_it_is_the_same_matte() -> None:
    pixels, alpha = scene()
    assert follow_strokes(pixels, alpha, ()) is alpha
    matte = Matte(alpha, 0.3, (Doubt.UNCLEAR,))
    assert correct(pixels, matte, ()) is matte


@settings(deadline=None, max_examples=40)
@given(strokes=Strokes)
def test_a_stroke_that_removes_never_adds_and_one_that_keeps_never_takes(strokes: tuple[Stroke, ...]) -> None:
    pixels, alpha = scene()
    marks = {one.mark for one in strokes}
    corrected = follow_strokes(pixels, alpha, strokes)
    if marks == {Mark.REMOVE}:
        assert np.all(corrected <= alpha + 1e-6)
    if marks == {Mark.KEEP}:
        assert np.all(corrected >= alpha - 1e-6)


def test_one_stroke_takes_the_whole_cup_and_leaves_the_jar() -> None:
    pixels, alpha = scene()
    corrected = follow_strokes(pixels, alpha, (stroke(Mark.REMOVE, (0.58, 0.6), (0.66, 0.7)),))
    assert corrected[48:72, 65:82].max() < 0.1
    assert corrected[28:72, 23:52].min() > 0.9


def test_one_stroke_brings_back_a_half_that_was_missing() -> None:
    pixels, alpha = scene()
    alpha[50:80, 15:58] = 0
    alpha[:, 58:] = 0
    corrected = follow_strokes(pixels, alpha, (stroke(Mark.KEEP, (0.25, 0.62), (0.38, 0.75)),))
    assert corrected[52:72, 23:52].min() > 0.9
    assert corrected[48:72, 65:82].max() < 0.1


def test_where_two_strokes_cross_the_later_one_holds() -> None:
    keep, remove = stroke(Mark.KEEP, (0.2, 0.5), (0.8, 0.5)), stroke(Mark.REMOVE, (0.5, 0.2), (0.5, 0.8))
    assert paint((keep, remove), SIZE)[45, 60] == REMOVED
    assert paint((remove, keep), SIZE)[45, 60] == KEPT


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_matte_with_nothing_to_learn_from_is_only_painted_on(level: float) -> None:
    pixels, _ = scene()
    alpha = np.full((SIZE[1], SIZE[0]), level, np.float32)
    whole = stroke(Mark.KEEP if level else Mark.REMOVE, (0.5, 0.5))
    assert np.array_equal(follow_strokes(pixels, alpha, (whole,)), alpha)


def test_a_persons_word_settles_doubts_and_leaves_the_measured_trust() -> None:
    pixels, alpha = scene()
    matte = Matte(alpha, 0.3, (Doubt.UNCLEAR,))
    assert not matte.is_trusted(0.5)
    corrected = correct(pixels, matte, (stroke(Mark.REMOVE, (0.6, 0.65)),))
    assert (corrected.is_trusted(0.5), corrected.trust, corrected.doubts) == (True, 0.3, ())


def test_where_she_has_removed_everything_nothing_is_trusted() -> None:
    pixels, alpha = scene()
    all_of_it = tuple(stroke(Mark.REMOVE, (0.0, y / 8), (1.0, y / 8), width=0.25) for y in range(9))
    corrected = correct(pixels, Matte(alpha, 0.9), all_of_it)
    assert not corrected.is_trusted(0.5)
    assert corrected.doubts == (Doubt.NOTHING_FOUND,)


def test_no_haze_is_left_that_the_product_would_be_framed_by() -> None:
    pixels, alpha = scene()
    alpha = np.maximum(alpha, np.float32(0.1))
    corrected = correct(pixels, Matte(alpha, 0.3), (stroke(Mark.REMOVE, (0.58, 0.6), (0.66, 0.7)),))
    rows, columns = np.nonzero(corrected.alpha)
    assert rows.min() > 10 and columns.max() < 65
    assert corrected.alpha[50, 40] == 1.0


@pytest.mark.parametrize("mark", Mark)
@pytest.mark.parametrize("point", [(0.0, 0.0), (1.0, 0.5), (0.5, 1.0), (1.0, 1.0), (0.9999, 0.9999)])
def test_a_tap_at_an_edge_is_on_the_photo(mark: Mark, point: tuple[float, float]) -> None:
    pixels, alpha = scene()
    tap = (stroke(mark, point, width=0.005),)
    assert paint(tap, SIZE).any()
    assert follow_strokes(pixels, alpha, tap).shape == alpha.shape
