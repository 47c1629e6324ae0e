"""Things that the head for strewn things learns from."""

import numpy as np
import pytest

from lab.quality.strewn_things import SIDE, Thing, cut_things, draw_plain, lay, tint, turn


def a_photo(height: int = 240, width: int = 320) -> tuple[np.ndarray, np.ndarray]:
    mask = np.zeros((height, width), np.float32)
    mask[60:160, 80:200] = 1
    return np.full((height, width, 3), 90, np.uint8), mask


def test_a_thing_is_cut_out_whole_and_kept_small() -> None:
    (thing,) = cut_things([a_photo()], 5)
    assert thing.mask.shape == (80, SIDE)
    assert thing.mask.min() == 1


def test_what_leaves_its_photo_or_fills_it_is_no_thing() -> None:
    pixels, mask = a_photo()
    cut_off, full = np.roll(mask, -60, axis=0), np.ones_like(mask)
    assert cut_things([(pixels, cut_off), (pixels, full), (pixels, 0 * mask)], 5) == []


@pytest.mark.parametrize("seed", range(6))
def test_plain_shapes_are_within_what_a_photo_can_show(seed: int) -> None:
    thing = draw_plain(np.random.default_rng(seed))
    assert 0 <= thing.colours.min() <= thing.colours.max() <= 255
    assert 0.02 < thing.mask.mean() < 0.9


def test_a_thing_that_is_turned_has_the_side_that_was_asked_for() -> None:
    thing = Thing(np.full((40, 80, 3), 100, np.float32), np.ones((40, 80), np.float32))
    for degrees, shape in ((0.0, (10, 20)), (90.0, (20, 10))):
        mask = turn(thing, 20, degrees, np.random.default_rng(1)).mask
        assert np.allclose(mask.shape, shape, atol=3)


def test_a_thing_is_brought_nearer_to_the_ground() -> None:
    thing = Thing(np.full((8, 8, 3), 100, np.float32), np.ones((8, 8), np.float32))
    assert tint(thing, np.float32([200, 100, 0]), 0.5).colours[0, 0] == pytest.approx([150, 100, 50])


def test_things_lie_behind_the_product() -> None:
    product = np.zeros((60, 80), np.float32)
    product[:, 40:] = 1
    shown = np.full((60, 80, 3), 200, np.float32)
    covered = lay(
        shown, Thing(np.zeros((20, 40, 3), np.float32), np.ones((20, 40), np.float32)), (10, 20), product, 0.3
    )
    assert covered.sum() == 20 * 20
    assert (shown[:, 40:] == 200).all()
    assert (shown[10:30, 20:40] == 0).all()
    assert (shown[:10, 20:40] <= 200).all()
