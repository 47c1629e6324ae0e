import cv2
import numpy as np
import pytest

from processing.matte.parts import share_of_strangers

BROWN, DARKER_BROWN, BLUE = (45.0, 15, 25), (41.0, 14, 24), (40.0, 5, -40)


def _two_discs(second_radius: int, second_colour: tuple[float, float, float]) -> tuple[np.ndarray, np.ndarray]:
    canvas = np.zeros((100, 200), np.uint8)
    cv2.circle(canvas, (50, 50), 30, 1, -1)
    cv2.circle(canvas, (150, 50), second_radius, 2, -1)
    lab = np.full((100, 200, 3), (90.0, 0, 0), np.float32)
    lab[canvas == 1], lab[canvas == 2] = BROWN, second_colour
    return lab, canvas > 0


def test_a_pair_belongs_together() -> None:
    assert share_of_strangers(*_two_discs(28, DARKER_BROWN)) == 0.0


@pytest.mark.parametrize(("radius", "colour"), [(28, BLUE), (12, DARKER_BROWN)])
def test_a_part_of_another_colour_or_size_is_a_stranger(radius: int, colour: tuple[float, float, float]) -> None:
    lab, product = _two_discs(radius, colour)
    assert share_of_strangers(lab, product) == np.count_nonzero(product[:, 100:]) / np.count_nonzero(product)


def test_a_cap_close_to_its_bottle_belongs_to_it() -> None:
    product = np.zeros((100, 200), np.bool_)
    product[30:90, 80:120] = product[15:27, 90:110] = True
    lab = np.full((100, 200, 3), BROWN, np.float32)
    lab[:28] = BLUE
    assert share_of_strangers(lab, product) == 0.0


def test_one_part_or_none_has_no_strangers() -> None:
    lab, product = _two_discs(28, BLUE)
    product[:, 100:] = False
    assert share_of_strangers(lab, product) == 0.0
    assert share_of_strangers(lab, np.zeros_like(product)) == 0.0
