import cv2
import numpy as np

from processing.matte.border import border_distance


def _lab(pixels: np.ndarray) -> np.ndarray:
    return cv2.cvtColor((pixels / 255).astype(np.float32), cv2.COLOR_RGB2LAB)


def test_a_background_of_two_surfaces_under_uneven_light_is_known_throughout() -> None:
    light = 1.0 - 0.3 * np.linspace(0, 1, 160)[None, :, None]
    wall, floor = np.array([210.0, 205, 195]), np.array([120.0, 85, 60])
    photo = np.where(np.arange(120)[:, None, None] < 60, wall, floor) * light
    product = np.zeros((120, 160), np.bool_)
    product[40:90, 60:100] = True
    photo[product] = (40, 140, 60)
    cv2.setRNGSeed(1)
    unlikeness = border_distance(_lab(photo))
    assert np.quantile(unlikeness[~product], 0.95) < 2.0
    assert unlikeness[product].min() > 4.0
