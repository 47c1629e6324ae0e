import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.matte import Doubt
from processing.matte.shape import doubt_shape, measure_shape


def _alpha(*boxes: tuple[int, int, int, int], level: float = 1.0) -> np.ndarray:
    alpha = np.zeros((100, 200), np.float32)
    for top, left, bottom, right in boxes:
        alpha[top:bottom, left:right] = level
    return alpha


def test_a_clean_outline_in_the_middle_raises_no_doubt() -> None:
    shape = measure_shape(_alpha((20, 50, 80, 150)))
    assert shape == {"area": 0.3, "largest": 1.0, "contact": 0.0, "softness": 0.0}
    assert doubt_shape(shape) == {}


@pytest.mark.parametrize(
    ("alpha", "doubt"),
    [
        (_alpha(), Doubt.NOTHING_FOUND),
        (_alpha((20, 50, 80, 150), level=0.3), Doubt.NOTHING_FOUND),
        (_alpha((48, 98, 53, 103)), Doubt.TOO_SMALL),
        (_alpha((0, 0, 100, 190)), Doubt.FILLS_FRAME),
        (_alpha((20, 100, 80, 200)), Doubt.TOUCHES_FRAME),
        (_alpha((20, 20, 80, 80), (20, 120, 80, 180)), Doubt.SEVERAL_PARTS),
        (_alpha((20, 50, 80, 150), level=0.7), Doubt.SOFT_OUTLINE),
    ],
)
def test_each_kind_of_mistake_raises_its_doubt(alpha: np.ndarray, doubt: Doubt) -> None:
    assert doubt in doubt_shape(measure_shape(alpha))


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32 - 1), size=st.tuples(st.integers(1, 40), st.integers(1, 40)))
def test_every_figure_is_a_share(seed: int, size: tuple[int, int]) -> None:
    draw = np.random.default_rng(seed)
    shape = measure_shape(np.clip(draw.normal(0.4, 0.5, size), 0, 1).astype(np.float32))
    assert all(0.0 <= value <= 1.0 for value in shape.values())
    assert all(0.0 < weight <= 1.0 for weight in doubt_shape(shape).values())
