"""How much a photo could help to tell a category: ``python -m lab.category.second_opinion``.

A photo tells what is eaten from what is worn and from other things, at best. Where one did so without a mistake,
the best guess would be the best of its sort; what that gains on the held-out titles is what there is to gain.
"""

import numpy as np

from config.categories import family_of
from lab.category.titles import HELD_OUT, read_written
from lab.category.vocabulary import OUTSIDE
from processing.suggest.category_model import load_category_model
from processing.suggest.category_words import read_features

EATEN, WORN = frozenset({"food", "snacks", "herbs", "farm"}), frozenset({"fashion"})
UNSURE = 0.7
"""Probability under which a photo would be asked."""


def sort_of(code: str) -> str:
    """Return what a photo can tell of a category's goods."""
    family = family_of(code)
    return "eaten" if family in EATEN else "worn" if family in WORN else "other"


def main() -> None:
    """Print how often the best guess is right, averaged over families, without a photo and with a perfect one."""
    model = load_category_model()
    sorts = np.array([sort_of(code) for code in model.codes])
    titles = [title for title in read_written(HELD_OUT) if title.category != OUTSIDE]
    found = np.array([model.probabilities(read_features(title.text))[:-1] for title in titles])
    truth = np.array([model.codes.index(title.category) for title in titles])
    families = np.array([family_of(title.category) for title in titles])
    alone = found.argmax(axis=1)
    helped = np.where(sorts[None] == sorts[truth][:, None], found, 0).argmax(axis=1)

    def right(best: np.ndarray) -> float:
        return float(np.mean([(best == truth)[families == family].mean() for family in sorted(set(families))]))

    wrong = alone != truth
    unsure = found.max(axis=1) < UNSURE
    print(f"text alone {right(alone):.3f}, with a perfect photo {right(helped):.3f}")
    print(f"{wrong.sum()} titles wrong, {(wrong & (sorts[alone] != sorts[truth])).sum()} of another sort")
    first, second = (~wrong)[unsure].sum(), (helped == truth)[unsure].sum()
    print(f"{unsure.sum()} titles unsure: right {first}, with a photo {second}")


if __name__ == "__main__":
    main()
