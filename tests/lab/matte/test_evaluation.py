import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from lab.matte.evaluation import Pair, boundary, measure, overlap, precision_and_recall

outlines = arrays(np.bool_, (12, 15))


def _pair(alpha: NDArray[np.float32]) -> Pair:
    return Pair("kendi", np.zeros((*alpha.shape, 3), np.uint8), alpha)


def _disc() -> NDArray[np.float32]:
    rows, columns = np.mgrid[:60, :80]
    return (np.hypot(rows - 30, columns - 40) < 20).astype(np.float32)


def test_the_true_alpha_gets_the_best_of_every_measure() -> None:
    figures = measure(lambda _: _disc(), [_pair(_disc())])
    assert figures.max_f == pytest.approx(1.0)
    assert (figures.mae, figures.mean_iou, figures.failures, figures.boundary_iou) == (0.0, 1.0, 0.0, 1.0)


def test_the_background_instead_of_the_product_is_a_failure() -> None:
    figures = measure(lambda _: 1.0 - _disc(), [_pair(_disc())])
    assert (figures.mae, figures.mean_iou, figures.failures, figures.boundary_iou) == (1.0, 0.0, 1.0, 0.0)


def test_f_of_a_half_found_product_is_that_of_its_precision_and_recall() -> None:
    half = _disc()
    half[:30] = 0.0
    recall = float(half.sum() / _disc().sum())
    figures = measure(lambda _: half, [_pair(_disc())])
    assert figures.max_f == pytest.approx(1.3 * recall / (0.3 + recall), abs=1e-6)
    assert figures.mean_iou == pytest.approx(recall)


def test_a_shift_of_the_outline_costs_the_boundary_more_than_the_area() -> None:
    figures = measure(lambda _: np.roll(_disc(), 2, axis=1), [_pair(_disc())])
    assert figures.boundary_iou < figures.mean_iou - 0.2


@given(outlines, outlines)
def test_overlap_is_symmetric_between_0_and_1_and_1_for_itself(
    one: NDArray[np.bool_], other: NDArray[np.bool_]
) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert 0.0 <= overlap(one, other) <= 1.0
    assert overlap(one, one) == 1.0


@given(outlines)
def test_the_boundary_is_part_of_the_outline(outline: NDArray[np.bool_]) -> None:
    assert not (boundary(outline) & ~outline).any()
    assert boundary(outline).any() == outline.any()


@given(arrays(np.float32, (6, 7), elements=st.floats(0, 1, width=32)), arrays(np.bool_, (6, 7)))
def test_recall_never_falls_as_the_level_falls(alpha: NDArray[np.float32], truth: NDArray[np.bool_]) -> None:
    precision, recall = precision_and_recall(alpha, truth)
    assert (np.diff(recall) >= 0.0).all()
    assert ((precision >= 0.0) & (precision <= 1.0)).all()
