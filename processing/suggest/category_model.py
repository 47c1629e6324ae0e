"""The shipped classifier of titles: its card is ``weights/README.md``, its training in ``lab/category``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from processing.suggest.category_words import Features

WEIGHTS = Path(__file__).parent / "weights" / "category.npz"


@dataclass(frozen=True, slots=True)
class CategoryModel:
    """What was learnt."""

    codes: tuple[str, ...]
    """The categories in the order of the outputs; one more output, the last, is for goods of none of them."""
    embedding: NDArray[np.int8]
    """(buckets, dimensions)."""
    layer: NDArray[np.float32]
    """(dimensions, outputs): the embedding's scale and the temperature of the calibration are in it."""
    bias: NDArray[np.float32]
    """(outputs,)."""
    sure: float
    """The probability from which on a category is proposed."""

    def probabilities(self, features: Features) -> NDArray[np.float32]:
        """Return the probability of each output, (outputs,); they sum to 1."""
        logits = features.weight @ self.embedding[features.bucket] @ self.layer + self.bias
        raised = np.exp(logits - logits.max())
        return np.asarray(raised / raised.sum(), np.float32)

    def contributions(self, features: Features, output: int) -> NDArray[np.float32]:
        """Return how far each feature raises an output's logit above the mean of all outputs, (features,)."""
        direction = self.layer[:, output] - self.layer.mean(axis=1)
        return np.asarray(features.weight * (self.embedding[features.bucket] @ direction), np.float32)


@cache
def load_category_model(path: Path = WEIGHTS) -> CategoryModel:
    """Return the classifier. Raises OSError where its file is missing."""
    with np.load(path, allow_pickle=False) as saved:
        return CategoryModel(
            tuple(str(code) for code in saved["codes"]),
            saved["embedding"],
            saved["layer"].astype(np.float32),
            saved["bias"],
            float(saved["sure"]),
        )
