import pytest

from lab.quality.figures import area_under_curve, median_correlation, share


def test_the_area_is_the_share_of_pairs_that_are_ranked_rightly() -> None:
    assert area_under_curve([1, 2], [3, 4]) == 1
    assert area_under_curve([3, 4], [1, 2]) == 0
    assert area_under_curve([1, 3], [2, 4]) == pytest.approx(3 / 4)
    assert area_under_curve([1, 1], [1, 1]) == pytest.approx(1 / 2)


def test_the_correlation_is_the_median_over_photos_and_a_blind_measure_has_none() -> None:
    assert median_correlation([[1, 2, 3], [1, 5, 9], [3, 2, 1]]) == pytest.approx(1)
    assert median_correlation([[7, 7, 7]]) == 0


def test_the_share_counts_what_is_set() -> None:
    assert share([True, False, False, True]) == 1 / 2
