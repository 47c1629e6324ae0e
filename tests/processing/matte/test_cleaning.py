import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.matte.cleaning import clean

LIKE, UNLIKE = np.float32(1.0), np.float32(9.0)


def _disc(radius: int, at: tuple[int, int] = (100, 75)) -> np.ndarray:
    canvas = np.zeros((150, 200), np.uint8)
    cv2.circle(canvas, at, radius, 1, -1)
    return canvas > 0


def test_a_hole_that_shows_the_background_is_kept() -> None:
    ring, hole = _disc(60) & ~_disc(30), _disc(30)
    assert np.array_equal(clean(ring, np.where(hole, LIKE, UNLIKE)), ring)


def test_a_hole_of_another_colour_is_filled() -> None:
    ring = _disc(60) & ~_disc(30)
    assert np.array_equal(clean(ring, np.full(ring.shape, UNLIKE)), _disc(60))


def test_crumbs_are_swept_away_and_a_second_part_is_kept() -> None:
    product = _disc(35, (50, 75)) | _disc(25, (140, 75))
    crumb = _disc(3, (190, 10))
    assert np.array_equal(clean(product | crumb, np.full(product.shape, UNLIKE)), product)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_largest_part_stays_and_what_reaches_the_frame_is_never_filled(seed: int) -> None:
    draw = np.random.default_rng(seed)
    rough = cv2.blur(draw.random((40, 50)), (5, 5)) > 0.5
    cleaned = clean(rough, draw.uniform(0, 6, (40, 50)).astype(np.float32))

    _, parts, stats, _ = cv2.connectedComponentsWithStats(rough.astype(np.uint8), connectivity=8)
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    assert cleaned[parts == largest].all()
    _, gaps = cv2.connectedComponents((~rough).astype(np.uint8), connectivity=4)
    rim = set(np.concatenate([gaps[0], gaps[-1], gaps[:, 0], gaps[:, -1]]).tolist()) - {0}
    assert not cleaned[np.isin(gaps, list(rim))].any()


def test_nothing_stays_nothing() -> None:
    nothing = np.zeros((20, 30), np.bool_)
    assert not clean(nothing, np.full((20, 30), UNLIKE)).any()
