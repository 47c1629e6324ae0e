import numpy as np

from processing.matte.evidence import disagreement


def test_mattes_disagree_by_what_only_one_of_them_holds() -> None:
    one, other = np.zeros((4, 10), np.float32), np.zeros((4, 10), np.float32)
    one[:, :6], other[:, 3:6] = 0.9, 0.7
    assert disagreement(one, other) == disagreement(other, one) == 0.5
    assert disagreement(one, one) == 0.0
    assert disagreement(one, np.zeros_like(one)) == 1.0


def test_mattes_in_which_nothing_is_found_agree() -> None:
    nothing = np.full((4, 10), 0.2, np.float32)
    assert disagreement(nothing, nothing) == 0.0
