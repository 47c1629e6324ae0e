import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.recipe import Scene, Shadow
from processing.compose import compose, contact_shadow
from processing.extent import SUPPORT

Colour = tuple[int, int, int]

WHITE = 255, 255, 255
SIDE = 400


def jar(softness: float = 1.5, bottom: int = 300) -> NDArray[np.float32]:
    alpha = np.zeros((SIDE, SIDE), np.float32)
    alpha[80:bottom, 140:260] = 1
    return np.clip(cv2.GaussianBlur(alpha, (0, 0), softness), 0, 1)


def filled(colour: Colour) -> NDArray[np.uint8]:
    return np.full((SIDE, SIDE, 3), colour, np.uint8)


@given(
    seed=st.integers(0, 2**32 - 1),
    background=st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)) | st.just(WHITE),
    strength=st.floats(0, 1),
    blur=st.floats(0, 0.2),
)
def test_the_background_is_exact_away_from_product_and_shadow(
    seed: int, background: Colour, strength: float, blur: float
) -> None:
    rng = np.random.default_rng(seed)
    height, width = rng.integers(1, 90, 2)
    alpha = cv2.GaussianBlur((rng.random((height, width)) < 0.2).astype(np.float32), (0, 0), rng.uniform(0.3, 6))
    foreground = rng.integers(0, 256, (height, width, 3), np.uint8)
    shadow = Shadow(strength=strength, blur=blur)
    result = compose(foreground, alpha, background, shadow)
    bare = (alpha <= SUPPORT) & (contact_shadow(alpha, shadow) == 0)
    assert (result[bare] == background).all()


@given(seed=st.integers(0, 2**32 - 1), strength=st.floats(0, 1), blur=st.floats(0, 0.2))
def test_a_shadow_is_never_deeper_than_its_strength_nor_on_the_border(
    seed: int, strength: float, blur: float
) -> None:
    rng = np.random.default_rng(seed)
    alpha = np.zeros((120, 160), np.float32)
    x, y = sorted(rng.integers(0, 160, 2)), sorted(rng.integers(0, 120, 2))
    alpha[y[0] : y[1] + 1, x[0] : x[1] + 1] = 1
    shade = contact_shadow(alpha, Shadow(strength=strength, blur=blur))
    assert shade.min() >= 0
    assert shade.max() <= strength + 1e-6
    for edge in (shade[0], shade[-1], shade[:, 0], shade[:, -1]):
        assert (edge == 0).all()


@pytest.mark.parametrize("side", [400, 1200])
def test_beside_a_product_that_the_photos_edge_cuts_the_ground_along_the_border_is_the_recipes(side: int) -> None:
    alpha = np.zeros((side, side), np.float32)
    alpha[side // 3 : round(0.95 * side), : side // 2] = 1
    white = compose(np.full((side, side, 3), 90, np.uint8), alpha, (255, 255, 255), Shadow())
    deep = round(0.01 * side)
    assert (white[-deep:] == 255).all()
    assert (white[round(0.95 * side) :, :deep] == 255).all()
    assert (white < 255).any(axis=2)[round(0.95 * side) :].any()


def test_the_shadow_lies_under_the_product_and_not_around_it() -> None:
    shade = contact_shadow(jar(), Shadow(strength=0.3, blur=0.02))
    assert shade[302, 200] > 0.1
    assert (shade[:260] == 0).all()
    assert (shade[360:] == 0).all()
    assert (shade[:, :80] == 0).all()
    assert (shade[:, 320:] == 0).all()


def test_the_shadow_fades_with_distance() -> None:
    below = contact_shadow(jar(), Shadow(strength=0.3, blur=0.02))[302:350, 200]
    assert (np.diff(below) <= 1e-6).all()
    assert below[-1] < 0.1 * below[0]


def test_only_what_stands_on_the_ground_casts_a_shadow() -> None:
    alpha = jar()
    alpha[80:200, 40:130] = 1
    shade = contact_shadow(alpha, Shadow())
    assert (shade[:, :90] == 0).all()


def test_a_product_cut_by_the_lower_edge_has_no_shadow() -> None:
    assert (contact_shadow(jar(bottom=SIDE), Shadow(strength=0.5)) == 0).all()


@pytest.mark.parametrize("shadow", [None, Shadow(strength=0)])
def test_a_shadow_can_be_switched_off(shadow: Shadow | None) -> None:
    result = compose(filled((10, 20, 30)), jar(), WHITE, shadow)
    assert (result[jar() <= SUPPORT] == 255).all()


def test_the_products_inside_keeps_its_colour() -> None:
    foreground = np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    alpha = jar()
    result = compose(foreground, alpha, WHITE, Shadow())
    assert (result[alpha == 1] == foreground[alpha == 1]).all()


def test_a_soft_edge_lies_between_product_and_background_without_a_fringe() -> None:
    colour = 180, 30, 60
    alpha = jar(softness=4)
    result = compose(filled(colour), alpha, WHITE, None).astype(float)
    share = (255 - result) / (255 - np.array(colour))
    assert np.ptp(share, axis=2).max() < 0.02
    assert (np.diff(result[200, :200, 0]) <= 0).all()


def test_a_matte_of_mere_haze_leaves_no_grey_veil() -> None:
    haze = np.full((SIDE, SIDE), SUPPORT, np.float32)
    assert (compose(filled((0, 0, 0)), haze, WHITE, Shadow()) == 255).all()


def test_a_scene_is_its_wall_above_and_its_table_below_and_no_line_between_them() -> None:
    scene = Scene(wall=(240, 236, 228), table=(210, 190, 160), horizon=0.6, softness=0.3)
    result = compose(filled((10, 20, 30)), np.zeros((SIDE, SIDE), np.float32), scene, None)
    assert (result == result[:, :1]).all()
    rows = result[:, 0].astype(int)
    assert tuple(rows[0]) == scene.wall and tuple(rows[-1]) == scene.table
    steps = np.diff(rows, axis=0)
    assert (steps <= 0).all() and np.abs(steps).max() <= 4 * np.abs(rows[0] - rows[-1]).max() / (0.3 * SIDE)


def test_a_shadow_falls_on_the_table_of_a_scene() -> None:
    scene = Scene(wall=(240, 236, 228), table=(210, 190, 160))
    alpha, shadow = jar(), Shadow(strength=0.5)
    result = compose(filled((10, 20, 30)), alpha, scene, shadow).astype(int)
    bare = compose(filled((10, 20, 30)), alpha, scene, None).astype(int)
    shade = contact_shadow(alpha, shadow)
    ground = (alpha <= SUPPORT) & (shade > 0.2)
    assert ground.any() and (result[ground] < bare[ground]).all()
    assert (result[shade == 0] == bare[shade == 0]).all()
