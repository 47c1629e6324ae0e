"""The place that is meant is framed in red on a small picture, and nothing outside it changes."""

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models.geometry import Box
from processing.marked import SIDE, draw_marked

share = st.floats(0, 1)


def encoded(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(out, "JPEG", quality=95)
    return out.getvalue()


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def test_the_frame_lies_on_the_boxs_edge_and_the_rest_stays() -> None:
    drawn = pixels(draw_marked(encoded(960, 720), (Box(left=0.25, top=0.25, right=0.75, bottom=0.75),)))

    height, width = drawn.shape[:2]
    assert (width, height) == (SIDE, 360)
    edge = drawn[height // 2, width // 4 : width // 4 + 4]
    assert (edge[:, 0] > edge[:, 2] + 60).any()
    assert np.abs(drawn[height // 2, width // 2] - (90, 120, 150)).max() < 8
    assert np.abs(drawn[8, 8] - (90, 120, 150)).max() < 8


@given(left=share, top=share, right=share, bottom=share)
def test_any_box_can_be_drawn(left: float, top: float, right: float, bottom: float) -> None:
    box = Box(left=min(left, right), top=min(top, bottom), right=max(left, right), bottom=max(top, bottom))

    assert pixels(draw_marked(encoded(120, 200), (box,))).shape == (200, 120, 3)
