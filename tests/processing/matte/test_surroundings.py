import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from processing.matte.surroundings import measure_surroundings

SIDE = 64
PRODUCT = np.zeros((SIDE, SIDE), bool)
PRODUCT[20:40, 20:40] = True


def painted(product: float, rest: float) -> np.ndarray:
    lab = np.full((SIDE, SIDE, 3), rest, np.float32)
    lab[PRODUCT] = product
    return lab


@given(st.floats(0.0, 90.0), st.floats(0.0, 90.0))
def test_two_plain_colours_are_as_far_apart_as_they_are_and_no_clutter(product: float, rest: float) -> None:
    found = measure_surroundings(painted(product, rest), PRODUCT)
    assert np.isclose(found["apart"], np.sqrt(3.0) * abs(product - rest), atol=0.01)
    # The outline of the product itself is no clutter.
    assert found["clutter"] < 0.03


def test_patches_of_many_colours_are_clutter() -> None:
    patches = np.random.default_rng(1).uniform(0, 90, (8, 8, 3)).repeat(8, axis=0).repeat(8, axis=1)
    assert measure_surroundings(patches.astype(np.float32), PRODUCT)["clutter"] > 0.5


def test_a_product_that_leaves_nothing_around_it_is_neither_alike_nor_cluttered() -> None:
    found = measure_surroundings(painted(50.0, 20.0), np.ones_like(PRODUCT))
    assert (found["apart"], found["clutter"]) == (100.0, 0.0)
