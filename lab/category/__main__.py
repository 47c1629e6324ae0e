"""Train the classifier of titles: ``python -m lab.category TITLES.csv`` writes the weights that are shipped."""

import random
import sys
import zlib
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np

from lab.category.calibration import calibrate
from lab.category.generator import generate
from lab.category.scraped import FOLDS, fold, read_titles
from lab.category.titles import DEVELOPMENT, read_written
from lab.category.training import Parameters, classes, to_matrix, train
from lab.category.vocabulary import OUTSIDE, load_vocabulary
from processing.suggest.category_model import WEIGHTS
from processing.suggest.category_words import read_features

PER_CATEGORY, GENERATED_OUTSIDE = 140, 3000
SCRAPED_PER_CATEGORY, SCRAPED_OUTSIDE = 300, 3200
LEFT_OUT = 16
"""One in so many of the names that no keyword of the project has is left out of training: sellers have names of
their own too, and how sure the classifier may be is told from these."""
STRANGE_SHARE = 0.25
"""How much titles with such names count beside those written by hand."""


def main(path: Path) -> None:
    """Train, calibrate and write the weights."""
    scraped = list(read_titles(path))
    random.Random(0).shuffle(scraped)
    titles = [*generate(PER_CATEGORY, GENERATED_OUTSIDE, seed=1, keep=lambda name: not _left_out(name))]
    taken: Counter[str] = Counter()
    for title in scraped:
        most = SCRAPED_OUTSIDE if title.category == OUTSIDE else SCRAPED_PER_CATEGORY
        if fold(title) < FOLDS - 2 and taken[title.category] < most:
            taken[title.category] += 1
            titles.append(title)
    print(f"{len(titles)} titles, {taken.total()} of them scraped")
    parameters = train(titles, seed=0)

    written = read_written(DEVELOPMENT)
    strange = [title for title in generate(4, 0, seed=2, keep=_left_out) if title.category != OUTSIDE]
    outside = [title for title in scraped if fold(title) == FOLDS - 2 and title.category == OUTSIDE]
    outside = outside[: len([title for title in written if title.category == OUTSIDE])]
    inside = len(written) - len(outside)
    weight = [1.0] * (len(written) + len(outside))
    weight += [STRANGE_SHARE / (1 - STRANGE_SHARE) * inside / max(len(strange), 1)] * len(strange)
    judged = [*written, *outside, *strange]
    order = classes()
    logits = parameters.logits(to_matrix([read_features(title.text) for title in judged]))
    truth = np.array([order.index(title.category) for title in judged])
    found = calibrate(logits, truth, np.array(weight, np.float32))
    hit = logits[:, :-1].argmax(axis=1) == truth
    print(f"written by hand: top-1 {hit[: len(written)][truth[: len(written)] < len(order) - 1].mean():.3f}")
    print(f"names never seen: top-1 {hit[len(written) + len(outside) :].mean():.3f} of {len(strange)}")
    print(f"temperature {found.temperature:.3f}, sure from {found.sure:.3f} on")
    save(parameters, found.temperature, found.sure, WEIGHTS)


def save(parameters: Parameters, temperature: float, sure: float, path: Path) -> None:
    """Write the weights, the embedding in eight bits with a scale for each dimension."""
    scale = np.abs(parameters.embedding).max(axis=0) / 127
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path,
        codes=np.array(classes()[:-1]),
        embedding=np.rint(parameters.embedding / scale).astype(np.int8),
        layer=(parameters.layer * scale[:, None] / temperature).astype(np.float32),
        bias=(parameters.bias / temperature).astype(np.float32),
        sure=np.float32(sure),
    )
    print(f"{path.stat().st_size / 1e6:.2f} MB")


def _left_out(name: str) -> bool:
    """Return whether a name is one of those never learnt from; of a category's keywords none is."""
    return name in _free_names() and zlib.crc32(name.encode()) % LEFT_OUT == 0


@cache
def _free_names() -> frozenset[str]:
    every = load_vocabulary().values()
    return frozenset(name for words in every for name in words.names) - {
        keyword for words in every for keyword in words.keywords
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
