import numpy as np
import pytest
from numpy.typing import NDArray

from config.colours import load_colours
from processing.assess.appearance import measure_appearance

SIDE = 96


def painted(*boxes: tuple[slice, slice, tuple[int, int, int]]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return a photo of coloured rectangles on grey, and where they are."""
    pixels = np.full((SIDE, SIDE, 3), 128, np.uint8)
    alpha = np.zeros((SIDE, SIDE), np.float32)
    for rows, columns, colour in boxes:
        pixels[rows, columns] = colour
        alpha[rows, columns] = 1.0
    return pixels, alpha


@pytest.mark.parametrize("name", [name for name, colour in load_colours().colour.items() if colour.seen])
def test_a_plain_thing_has_the_colour_that_it_has(name: str) -> None:
    whole = slice(20, 70)
    look = measure_appearance(*painted((whole, whole, load_colours().colour[name].levels)))
    assert look is not None
    (shade,) = look.shades
    assert (shade.colour, shade.share, look.surface, look.pieces) == (name, 1.0, "plain", 1)
    assert shade.distance < 2.0


def test_stripes_are_a_pattern_of_both_their_colours() -> None:
    stripes = [
        (slice(20, 70), slice(left, left + 4), (192, 33, 40) if left % 8 else (241, 240, 237))
        for left in range(16, 72, 4)
    ]
    look = measure_appearance(*painted(*stripes))
    assert look is not None
    assert {shade.colour for shade in look.shades} == {"merah", "putih"}
    assert look.surface == "patterned"


def test_two_alike_are_two_pieces_and_a_tag_beside_it_is_none() -> None:
    one, other = (slice(20, 70), slice(10, 40), (44, 93, 165)), (slice(20, 70), slice(55, 85), (44, 93, 165))
    tag = (slice(20, 32), slice(55, 67), (234, 197, 44))
    pair, tagged = measure_appearance(*painted(one, other)), measure_appearance(*painted(one, tag))
    assert pair is not None and pair.pieces == 2
    assert tagged is not None and tagged.pieces == 1


def test_tallness_is_height_by_width() -> None:
    look = measure_appearance(*painted((slice(10, 90), slice(30, 70), (44, 93, 165))))
    assert look is not None and look.tallness == pytest.approx(2.0, abs=0.1)


def test_nothing_is_said_where_the_product_is_not_known_or_hardly_there() -> None:
    pixels, alpha = painted((slice(40, 45), slice(40, 45), (44, 93, 165)))
    assert measure_appearance(pixels, None) is None
    assert measure_appearance(pixels, alpha) is None
