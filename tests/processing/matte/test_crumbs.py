import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from processing.matte.crumbs import sweep


def _scene(*boxes: tuple[int, int, int, int]) -> NDArray[np.float32]:
    alpha = np.zeros((100, 100), np.float32)
    for top, left, height, width in boxes:
        alpha[top : top + height, left : left + width] = 1.0
    return alpha


def test_a_leaf_beside_a_jar_goes_and_the_jar_stays() -> None:
    jar, leaf = (10, 10, 60, 40), (80, 80, 8, 8)
    assert np.array_equal(sweep(_scene(jar, leaf)), _scene(jar))


def test_a_pair_and_a_lid_beside_its_jar_stay() -> None:
    for other in ((10, 55, 60, 40), (75, 10, 20, 20)):
        assert np.array_equal(sweep(_scene((10, 10, 60, 40), other)), _scene((10, 10, 60, 40), other))


@given(arrays(np.float32, (9, 11), elements=st.floats(0, 1, width=32)))
def test_alpha_is_kept_or_taken_away_whole_and_never_all_of_it(alpha: NDArray[np.float32]) -> None:
    swept = sweep(alpha)
    assert ((swept == alpha) | (swept == 0.0)).all()
    assert (swept > 0.3).any() == (alpha > 0.3).any()
    assert np.array_equal(sweep(swept), swept)
