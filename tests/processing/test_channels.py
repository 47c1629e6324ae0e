"""Planes over channels."""

import numpy as np

from processing.channels import colours_where, over_channels


def test_each_channel_has_the_plane() -> None:
    plane = np.arange(6, dtype=np.float32).reshape(2, 3)
    colours = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)
    assert np.array_equal(over_channels(plane, 3) * colours, plane[..., None] * colours)
    assert over_channels(plane, 2).shape == (2, 3, 2)


def test_the_colours_of_chosen_pixels_come_by_rows() -> None:
    colours = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)
    where = np.array([[False, True, True], [True, False, True]])
    assert np.array_equal(colours_where(colours, where), colours[where])
    assert colours_where(colours, np.zeros((2, 3), np.bool_)).shape == (0, 3)
