"""The figures that a measure is judged by."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import rankdata, spearmanr


def area_under_curve(clean: Sequence[float], faulty: Sequence[float]) -> float:
    """Return the area under the curve of the receiver operating characteristic.

    It is the share of pairs of a clean and a faulty photo that the measure ranks rightly; a tie counts half.
    """
    ranks = rankdata([*clean, *faulty])[len(clean) :]
    return float((ranks.sum() - len(faulty) * (len(faulty) + 1) / 2) / (len(clean) * len(faulty)))


def median_correlation(rows: Sequence[Sequence[float]]) -> float:
    """Return the median over photos of Spearman's correlation between amount and what was measured.

    Each row has one photo's values, the mildest amount first. One whose values are all alike counts as 0.
    """
    each = [float(spearmanr(range(len(row)), row).statistic) if len(set(row)) > 1 else 0.0 for row in rows]
    return float(np.median(each))


def share(flags: Sequence[bool]) -> float:
    """Return how many of the flags are set, in [0, 1]."""
    return sum(flags) / len(flags)
