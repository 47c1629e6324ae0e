"""One line of figures for each set of photos."""

import time
from pathlib import Path

import numpy as np

from lab.matte_check.pairs import names_in, read_pairs
from processing.matte.opening import open_estimator
from processing.matte.refine import refine

TRUSTED = 0.5
FAILED = 0.7
GOOD = 0.8


def print_table(folders: list[Path], model: str, only: Path | None) -> None:
    """Print, for all photos and for the trusted ones, how the estimator's outline overlaps with the true one."""
    estimator = open_estimator(model)
    print(
        f"{'set':<14}{'photos':>7}{'mean IoU':>10}{'IoU<0.7':>9}"
        f"{'trusted':>9}{'mean IoU':>10}{'IoU<0.7':>9}{'IoU>=0.8':>10}{'CPU ms':>8}"
    )
    for folder in folders:
        rows = []
        for pair in read_pairs(folder, names_in(only) if only else None, set()):
            started = time.process_time()
            matte = estimator.estimate(pair.picture)
            spent = time.process_time() - started
            found = refine(matte.alpha, pair.picture.pixels) > 0.5
            union = np.count_nonzero(found | pair.truth)
            overlap = np.count_nonzero(found & pair.truth) / union if union else 1.0
            rows.append((overlap, matte.trust, spent * 1e3))
        overlap, trust, spent = np.array(rows).T
        kept = overlap[trust >= TRUSTED]
        print(
            f"{folder.name:<14}{len(rows):>7}{overlap.mean():>10.3f}{(overlap < FAILED).mean():>9.1%}"
            f"{(trust >= TRUSTED).mean():>9.1%}{kept.mean():>10.3f}{(kept < FAILED).mean():>9.1%}"
            f"{(kept >= GOOD).mean():>10.1%}{np.median(spent):>8.0f}"
        )
