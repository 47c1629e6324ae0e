"""Learn how far the bundled matte is to be trusted: ``python -m lab.matte.trust DATA``.

On photos of DUTS-TR that the network has not seen (:func:`lab.matte.data.for_calibration`). Prints the lines for
``processing/matte/trust.py``, what they are worth on held-out folds, and a reliability table.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import typer
from numpy.typing import NDArray

from lab.matte.data import dishes, for_calibration, names_in
from lab.matte.evaluation import FAILED, overlap, read_pairs
from models.picture import Picture, Source
from processing.matte.bundled import BundledEstimator
from processing.matte.refine import refine
from processing.matte.trust import LOOK_AGAIN, RIGHT, WEIGHTS, WEIGHTS_AGAIN

FOLDS = 5
RIDGE = 1.0
REFUSED = 0.1
ALWAYS = 1.0
"""Each photo is looked at again, so that what that tells is learnt from all of them."""
FIRST = len(WEIGHTS)
"""Figures, the first ones, that are known without a second look."""
Figures = NDArray[np.float64]


def regress(figures: Figures, right: Figures) -> tuple[Figures, float]:
    """Return weights and bias of the logistic regression of ``right`` (N,) on ``figures`` (N, K).

    Newton's method on standardised figures with a ridge of 1, written back to the figures' own scale.
    """
    mean, spread = figures.mean(axis=0), figures.std(axis=0) + 1e-9
    inputs = np.column_stack([(figures - mean) / spread, np.ones(len(figures))])
    ridge = np.diag(np.append(np.full(figures.shape[1], RIDGE), 0.0))
    solution = np.zeros(inputs.shape[1])
    for _ in range(30):
        chance = 1.0 / (1.0 + np.exp(-inputs @ solution))
        curvature = (inputs * (chance * (1.0 - chance))[:, None]).T @ inputs + ridge
        solution -= np.linalg.solve(curvature, inputs.T @ (chance - right) + ridge @ solution)
    weights = solution[:-1] / spread
    return weights, float(solution[-1] - mean @ weights)


def predict(figures: Figures, weights: Figures, bias: float) -> Figures:
    """Return the probability (N,) that each matte is right."""
    return np.asarray(1.0 / (1.0 + np.exp(-(figures @ weights + bias))))


def learn(figures: Figures, right: Figures) -> Callable[[Figures], Figures]:
    """Return what gives the trust (N,) of figures (N, K) as the product does, by a second look where in doubt."""
    first, second = regress(figures[:, :FIRST], right), regress(figures, right)

    def trust(others: Figures) -> Figures:
        at_first = predict(others[:, :FIRST], *first)
        return np.where(at_first < LOOK_AGAIN, predict(others, *second), at_first)

    return trust


def read_evidence(folder: Path, names: set[str]) -> tuple[Figures, Figures]:
    """Return the evidence (N, K) and the overlap with the truth (N,) of the photos of these names."""
    estimator, figures, overlaps = BundledEstimator(), [], []
    for pair in read_pairs(folder, names):
        height, width = pair.pixels.shape[:2]
        picture = Picture(pair.pixels, Source(format="PNG", width=width, height=height, bytes=1))
        alpha, evidence, *_ = estimator.look(picture, again=ALWAYS)
        figures.append([evidence[name] for name in WEIGHTS_AGAIN])
        overlaps.append(overlap(refine(alpha, pair.pixels) > 0.5, pair.alpha > 0.5))
    return np.array(figures), np.array(overlaps)


def print_lines(title: str, values: Figures) -> None:
    """Print the figures of this name as they stand in the product."""
    print(f"{title} = {{")
    for name, value in zip(WEIGHTS_AGAIN, values, strict=False):
        print(f'    "{name}": {value:.3f},')
    print("}")


def main(data: Path) -> None:
    """Print the fitted lines and what they are worth."""
    duts = data / "duts_tr"
    names = {path.stem for path in (duts / "image").iterdir() if for_calibration(path.stem)}
    figures, overlaps = read_evidence(duts, names - names_in(duts / "dev_product200.txt") - dishes("bare"))
    right = (overlaps >= RIGHT).astype(float)
    unseen = np.zeros(len(right))
    for fold in range(FOLDS):
        held = np.arange(len(right)) % FOLDS == fold
        unseen[held] = learn(figures[~held], right[~held])(figures[held])

    weights, bias = regress(figures[:, :FIRST], right)
    weights_again, bias_again = regress(figures, right)
    print_lines("WEIGHTS", weights)
    print_lines("TYPICAL", figures[right > 0, :FIRST].mean(axis=0))
    print(f"BIAS = {bias:.3f}")
    print_lines("WEIGHTS_AGAIN", weights_again)
    print(f"BIAS_AGAIN = {bias_again:.3f}\n")

    failed = overlaps < FAILED
    refused = np.argsort(unseen, kind="stable")[: round(REFUSED * len(right))]
    print(f"{len(right)} photos, {failed.mean():.1%} failed, {right.mean():.1%} right; on held-out folds:")
    print(f"refusing the least trusted tenth: {failed[refused].mean():.0%} of it had failed,")
    print(f"which is {failed[refused].sum() / failed.sum():.0%} of all failures")
    print("trust        photos   mean trust   right")
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (unseen >= low) & (unseen < low + 0.1 + 1e-9 * (low > 0.85))
        if inside.any():
            shown = f"{unseen[inside].mean():>10.2f}{right[inside].mean():>10.2f}"
            print(f"{low:.1f} to {low + 0.1:.1f}{inside.sum():>10}{shown}")


if __name__ == "__main__":
    typer.run(main)
