"""The classifier: a title's features are summed in few dimensions, and a linear layer names the category.

That is fastText's network [1]_, trained by Adam [2]_ with dropout of features: of the keywords above all, so that
the words are learnt beside them. It needs NumPy and SciPy alone, and minutes of one core.

References
----------
.. [1] Joulin et al., "Bag of tricks for efficient text classification", EACL 2017.
.. [2] Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from config.categories import load_categories
from lab.category.generator import Title
from lab.category.vocabulary import OUTSIDE
from processing.suggest.category_words import BUCKETS, Features, read_features

DIMENSIONS = 48
EPOCHS = 5
BATCH = 256
RATE = 0.01
DECAY = 1e-6
FEATURE_DROPOUT, KEYWORD_DROPOUT = 0.15, 0.45
SMOOTHING = 0.02
"""Share of the truth that is spread over all classes."""

Array = NDArray[np.float32]


@dataclass
class Parameters:
    """What is learnt."""

    embedding: Array
    """(``BUCKETS``, ``DIMENSIONS``)."""
    layer: Array
    """(``DIMENSIONS``, classes)."""
    bias: Array

    def logits(self, features: csr_array) -> Array:
        """Return (titles, classes)."""
        return np.asarray(features @ self.embedding @ self.layer + self.bias)


def classes() -> tuple[str, ...]:
    """Return the categories in the order of the network's outputs; outside is the last."""
    return (*load_categories(), OUTSIDE)


def to_matrix(features: Sequence[Features]) -> csr_array:
    """Return (titles, ``BUCKETS``)."""
    ends = np.cumsum([0, *(len(each.bucket) for each in features)])
    weights = np.concatenate([each.weight for each in features])
    buckets = np.concatenate([each.bucket for each in features])
    return csr_array((weights, buckets, ends), shape=(len(features), BUCKETS))


def train(titles: Sequence[Title], seed: int) -> Parameters:
    """Return the parameters learnt from titles."""
    chance = np.random.default_rng(seed)
    order = classes()
    features = to_matrix([read_features(title.text) for title in titles])
    truth = np.array([order.index(title.category) for title in titles])
    parameters = Parameters(
        chance.normal(0, 0.1, (BUCKETS, DIMENSIONS)).astype(np.float32),
        chance.normal(0, 0.1, (DIMENSIONS, len(order))).astype(np.float32),
        np.zeros(len(order), np.float32),
    )
    steps = [_Adam(array) for array in (parameters.embedding, parameters.layer, parameters.bias)]
    total = EPOCHS * (len(titles) // BATCH + 1)
    done = 0
    for epoch in range(EPOCHS):
        losses = []
        for batch in np.array_split(chance.permutation(len(titles)), len(titles) // BATCH + 1):
            loss, gradients = _gradients(parameters, _dropped(features[batch], chance), truth[batch])
            done += 1
            for step, gradient in zip(steps, gradients, strict=True):
                step.take(gradient, RATE * (1 - done / (total + 1)))
            losses.append(loss)
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True)
    # What no title had says nothing.
    parameters.embedding[np.bincount(features.indices, minlength=BUCKETS) == 0] = 0
    return parameters


def _gradients(parameters: Parameters, features: csr_array, truth: NDArray[np.int64]) -> tuple[float, list[Array]]:
    hidden = np.asarray(features @ parameters.embedding)
    logits = hidden @ parameters.layer + parameters.bias
    logits -= logits.max(axis=1, keepdims=True)
    probability = np.exp(logits)
    probability /= probability.sum(axis=1, keepdims=True)
    count, kinds = probability.shape
    loss = -float(np.log(probability[np.arange(count), truth] + 1e-12).mean())
    error = probability - SMOOTHING / kinds
    error[np.arange(count), truth] -= 1 - SMOOTHING
    error /= count
    back = error @ parameters.layer.T
    return loss, [
        np.asarray(features.T @ back) + DECAY * parameters.embedding,
        hidden.T @ error + DECAY * parameters.layer,
        error.sum(axis=0),
    ]


def _dropped(features: csr_array, chance: np.random.Generator) -> csr_array:
    """Return the features without some, the rest made up to the length that they had."""
    share = np.where(np.isin(features.indices, _keyword_buckets()), KEYWORD_DROPOUT, FEATURE_DROPOUT)
    kept = features.copy()
    kept.data = np.where(chance.random(len(share)) < share, 0, features.data)
    length = np.sqrt(np.asarray(kept.multiply(kept).sum(axis=1))).ravel()
    scale = np.where(length > 0, 1 / np.maximum(length, 1e-6), 1)
    kept.data = (kept.data * np.repeat(scale, np.diff(kept.indptr))).astype(np.float32)
    return kept


def _keyword_buckets() -> NDArray[np.int64]:
    return np.array(
        [zlib.crc32(f"{sort} {code}".encode()) % BUCKETS for sort in "kf" for code in load_categories()]
    )


class _Adam:
    """Changes an array in place, step by step."""

    FIRST, SECOND = 0.9, 0.999

    def __init__(self, array: Array) -> None:
        self._array = array
        self._mean = np.zeros_like(array)
        self._square = np.zeros_like(array)
        self._steps = 0

    def take(self, gradient: Array, rate: float) -> None:
        self._steps += 1
        self._mean += (1 - self.FIRST) * (gradient - self._mean)
        self._square += (1 - self.SECOND) * (gradient * gradient - self._square)
        mean = self._mean / (1 - self.FIRST**self._steps)
        square = self._square / (1 - self.SECOND**self._steps)
        self._array -= (rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)
