"""How well the shipped classifier names categories: ``python -m lab.category.bench [TITLES.csv]``.

The titles are those of ``held_out.tsv``, which nothing was learnt from or chosen by. Beside them stand goods of no
category: with a file of scraped titles those of its tenth that was never learnt from.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from config.categories import family_of, load_families
from lab.category.calibration import calibration_error
from lab.category.generator import Title
from lab.category.scraped import FOLDS, fold, read_titles
from lab.category.titles import DEVELOPMENT, HELD_OUT, read_written
from lab.category.vocabulary import OUTSIDE
from processing.suggest.category import Guesses, guess_categories
from processing.suggest.category_model import load_category_model

ENOUGH = 40
"""Titles by which a family is judged."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A title and what was made of it."""

    title: Title
    found: Guesses

    @property
    def first(self) -> bool:
        """Whether the best guess is right."""
        return self.found.guesses[0].category == self.title.category

    @property
    def among_three(self) -> bool:
        """Whether one of the three is."""
        return any(guess.category == self.title.category for guess in self.found.guesses)


def main(path: Path | None) -> None:
    """Print the table."""
    start = time.process_time()
    load_category_model()
    loaded = time.process_time() - start
    guess_categories("keripik singkong")
    print(f"{'held out':12} titles  top-1  top-3  proposed  right of these")
    held_out = _judge(read_written(HELD_OUT))
    inside = [each for each in held_out if each.title.category != OUTSIDE]
    by_family: dict[str, list[Judged]] = defaultdict(list)
    for each in inside:
        by_family[family_of(each.title.category)].append(each)
    rows = [_row(family, by_family[family]) for family in load_families()]
    first, three = np.mean(rows, axis=0)
    print(f"{'averaged':12} {len(inside):6} {first:6.3f} {three:6.3f}")
    confidence = np.array([each.found.guesses[0].probability for each in inside], np.float32)
    error = calibration_error(confidence, np.array([each.first for each in inside]))
    print(f"expected calibration error {error:.3f}")

    strange = [each for each in held_out if each.title.category == OUTSIDE]
    if strange:
        _abstained("outside, held out", strange)
    developed = [title for title in read_written(DEVELOPMENT) if title.category == OUTSIDE]
    _abstained("outside, by which the threshold was chosen", _judge(developed))
    if path is not None:
        scraped = [title for title in read_titles(path) if fold(title) == FOLDS - 1 and title.category == OUTSIDE]
        _abstained("outside, scraped, never learnt from", _judge(scraped))
    start = time.process_time()
    for each in inside:
        guess_categories(each.title.text)
    print(f"{loaded * 1e3:.0f} ms to load, {(time.process_time() - start) / len(inside) * 1e3:.2f} ms for a title")


def _judge(titles: Iterable[Title]) -> list[Judged]:
    return [Judged(title, guess_categories(title.text)) for title in titles]


def _row(family: str, judged: list[Judged]) -> tuple[float, float]:
    first, three = (float(np.mean([getattr(each, name) for each in judged])) for name in ("first", "among_three"))
    proposed = [each for each in judged if each.found.sure]
    right = float(np.mean([each.first for each in proposed]))
    few = "" if len(judged) >= ENOUGH else f"  fewer than {ENOUGH}"
    share = len(proposed) / len(judged)
    print(f"{family:12} {len(judged):6} {first:6.3f} {three:6.3f} {share:9.3f} {right:15.3f}{few}")
    return first, three


def _abstained(name: str, judged: list[Judged]) -> None:
    share = float(np.mean([each.found.sure is None for each in judged]))
    print(f"{name}: nothing proposed for {share:.3f} of {len(judged)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
