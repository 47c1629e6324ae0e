"""The sheet of photos before and after."""

import io

import numpy as np
import pytest
from PIL import Image

from processing.sheet import GAP, TILE, draw_sheet

RED, BLUE = (200, 30, 30), (30, 30, 200)


def plain(colour: tuple[int, int, int], width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", quality=95)
    return out.getvalue()


@pytest.mark.parametrize(("pairs", "columns", "rows"), [(1, 1, 1), (2, 2, 1), (3, 2, 2), (12, 2, 6)])
def test_it_is_as_large_as_its_pairs_need(pairs: int, columns: int, rows: int) -> None:
    sheet = Image.open(io.BytesIO(draw_sheet([(plain(RED, 400, 300), plain(BLUE, 300, 300))] * pairs)))

    assert sheet.size == (columns * (2 * TILE + 3 * GAP), rows * (TILE + 3 * GAP))


def test_before_is_on_the_left_and_after_on_the_right_each_whole_and_in_its_own_shape() -> None:
    sheet = np.asarray(Image.open(io.BytesIO(draw_sheet([(plain(RED, 400, 200), plain(BLUE, 100, 200))]))))

    def side(colour: tuple[int, int, int]) -> tuple[int, int, int]:
        """Return where a colour begins from the left, and how wide and high it is."""
        down, across = np.nonzero(np.abs(sheet.astype(int) - colour).max(axis=2) < 40)
        return int(across.min()), int(np.ptp(across)) + 1, int(np.ptp(down)) + 1

    (left, wide, high), (right, narrow, tall) = side(RED), side(BLUE)
    assert left < right
    assert (wide, high) == pytest.approx((TILE, TILE / 2), abs=4)
    assert (narrow, tall) == pytest.approx((100, 200), abs=4)


def test_a_dozen_phone_photos_stay_small_enough_for_a_slow_line() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (60, 80, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).resize((960, 720), Image.Resampling.BICUBIC).save(out, "JPEG")

    assert len(draw_sheet([(out.getvalue(), out.getvalue())] * 12)) < 400_000
