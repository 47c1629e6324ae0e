"""Percentiles of 8-bit levels."""

import numpy as np
from numpy.typing import NDArray


def percentile(levels: NDArray[np.uint8], percent: float) -> float:
    """Return the lowest level that is not passed by this percentage of the values, counted rather than sorted."""
    counts = np.bincount(levels.ravel(), minlength=256).cumsum()
    return float(np.searchsorted(counts, percent / 100 * counts[-1]))
