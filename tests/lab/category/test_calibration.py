import numpy as np

from lab.category.calibration import calibrate, calibration_error, probabilities


def test_who_is_right_as_often_as_she_says_has_no_error() -> None:
    confidence = np.array([0.75] * 4, np.float32)
    assert calibration_error(confidence, np.array([True, True, True, False])) < 1e-6


def test_who_is_surer_than_right_has_the_difference_as_error() -> None:
    confidence = np.array([0.95] * 4, np.float32)
    assert abs(calibration_error(confidence, np.array([True, True, False, False])) - 0.45) < 1e-6


def test_outputs_that_are_too_sure_are_made_less_so() -> None:
    chance = np.random.default_rng(0)
    truth = chance.integers(0, 3, 400)
    shown = np.where(chance.random(400) < 0.7, truth, chance.integers(0, 3, 400))
    logits = np.asarray(10 * np.eye(3)[shown], np.float32)
    found = calibrate(logits, truth, np.ones(400, np.float32))
    best = probabilities(logits, found.temperature).max(axis=1)
    assert found.temperature > 2 and calibration_error(best, shown == truth) < 0.05
