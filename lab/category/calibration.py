"""What the outputs are worth: a temperature that makes them probabilities, and the least that is proposed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

Array = NDArray[np.float32]
LEAST = 0.5
"""What is more likely wrong than right is never proposed."""
ABSTAIN = 0.95
"""Share of the titles outside all families, among those developed on, that are to have no category proposed."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is fitted after training."""

    temperature: float
    """The outputs are divided by it [1]_.

    References
    ----------
    .. [1] Guo et al., "On calibration of modern neural networks", ICML 2017.
    """
    sure: float
    """The probability from which on a category is proposed."""


def probabilities(logits: Array, temperature: float) -> Array:
    """Return (titles, outputs), each row with the sum 1."""
    scaled = logits / temperature
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def calibrate(logits: Array, truth: NDArray[np.int64], weight: Array) -> Calibration:
    """Return what suits titles that were not learnt from; ``weight`` says how much each of them counts."""

    def loss(temperature: float) -> float:
        of_truth = probabilities(logits, temperature)[np.arange(len(truth)), truth]
        return -float(np.average(np.log(of_truth + 1e-12), weights=weight))

    temperature = float(minimize_scalar(loss, bounds=(0.2, 5), method="bounded").x)
    found = probabilities(logits, temperature)
    outside = truth == found.shape[1] - 1
    return Calibration(temperature, max(LEAST, float(np.quantile(found[outside, :-1].max(axis=1), ABSTAIN))))


def calibration_error(confidence: Array, correct: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width (Naeini et al., AAAI 2015), in [0, 1]."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for each in range(bins):
        inside = place == each
        if inside.any():
            error += inside.mean() * abs(float(confidence[inside].mean()) - float(correct[inside].mean()))
    return error
