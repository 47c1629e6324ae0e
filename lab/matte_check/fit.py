"""The trust of the bundled estimator, by logistic regression on photos whose true outline is known."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lab.matte_check.pairs import names_in, read_pairs
from processing.matte.bundled import SEARCH_SIDE, find_product
from processing.matte.resizing import fit, shrink
from processing.matte.trust import WEIGHTS

RIGHT = 0.9
"""The overlap (IoU) from which a matte counts as the whole product and nothing else."""
GOOD = 0.8
FOLDS = 5


def print_weights(folder: Path, only: Path | None, without: Path | None, every: int) -> None:
    """Print the lines for ``processing/matte/trust.py``, and what they are worth on photos they have not seen."""
    names = list(WEIGHTS)
    evidence: list[list[float]] = []
    overlap: list[float] = []
    pairs = read_pairs(folder, names_in(only) if only else None, names_in(without) if without else set())
    for number, pair in enumerate(pairs):
        if number % every:
            continue
        size = fit(pair.picture.width, pair.picture.height, SEARCH_SIDE)
        product, found = find_product(shrink(pair.picture.pixels, size))
        truth = shrink(pair.truth.astype(np.uint8) * np.uint8(255), size) > 127
        evidence.append([found[name] for name in names])
        union = int(np.count_nonzero(product | truth))
        overlap.append(int(np.count_nonzero(product & truth)) / max(1, union))
    figures, reached = np.array(evidence), np.array(overlap)
    right = (reached >= RIGHT).astype(float)

    unseen = np.zeros(len(right))
    for fold in range(FOLDS):
        held = np.arange(len(right)) % FOLDS == fold
        unseen[held] = _trust(figures[held], *regress(figures[~held], right[~held]))
    weights, bias = regress(figures, right)
    typical = figures[right > 0].mean(axis=0)
    for title, values in (("WEIGHTS", weights), ("TYPICAL", typical)):
        lines = "".join(f'    "{name}": {value:.2f},\n' for name, value in zip(names, values, strict=True))
        print(f"{title} = {{\n{lines}}}")
    print(f"BIAS = {bias:.2f}\n")
    print(f"{len(right)} photos, mean IoU {reached.mean():.3f}; on held-out folds:")
    for least in (0.4, 0.5, 0.6, 0.7):
        kept = reached[unseen >= least]
        good = float((kept >= GOOD).mean())
        print(f"trust >= {least}: {len(kept) / len(right):.1%} of photos, IoU >= {GOOD} in {good:.1%} of them")


def regress(figures: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Return weights and bias of the logistic regression of ``right`` (N,) on ``figures`` (N, K).

    Newton's method on standardised figures with a ridge of 1, written back to the figures' own scale.
    """
    mean, spread = figures.mean(axis=0), figures.std(axis=0) + 1e-9
    inputs = np.column_stack([(figures - mean) / spread, np.ones(len(figures))])
    ridge = np.diag(np.append(np.ones(figures.shape[1]), 0.0))
    solution = np.zeros(inputs.shape[1])
    for _ in range(30):
        chance = 1.0 / (1.0 + np.exp(-inputs @ solution))
        curvature = (inputs * (chance * (1.0 - chance))[:, None]).T @ inputs + ridge
        solution -= np.linalg.solve(curvature, inputs.T @ (chance - right) + ridge @ solution)
    weights = solution[:-1] / spread
    return weights, float(solution[-1] - mean @ weights)


def _trust(figures: NDArray[np.float64], weights: NDArray[np.float64], bias: float) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-(figures @ weights + bias))))
