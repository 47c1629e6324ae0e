"""Category: the three that a seller's words are most probably about, and the one sure enough to propose."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.fact import Evidence
from models.suggestion import Guess
from processing.suggest.category_keywords import find_categories
from processing.suggest.category_model import load_category_model
from processing.suggest.category_words import Features, find_keywords, read_features
from processing.suggest.words import split_sentences

GUESSES = 3
AS_TELLING = 0.5
"""A word beside the most telling one belongs to the evidence when it tells at least this share as much."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """What a seller's words may be about."""

    guesses: tuple[Guess, ...]
    """The three most probable, the best first; none where there are no words. Their probabilities sum to less than
    1: the rest is that of other categories, and of goods that no category is for."""
    sure: Guess | None
    """The best of them, where it is sure enough to be proposed."""
    evidence: tuple[Evidence, ...]
    """The words that speak most for the best of them."""


def guess_categories(words: str, blanked: str | None = None) -> Guesses:
    """Return what the words of a note or a title may be about.

    ``blanked`` are the same words with spaces in place of what says nothing of the goods: prices, telephone
    numbers, chat talk.
    """
    text = words if blanked is None else blanked
    features = read_features(text)
    if not features.tokens:
        return Guesses((), None, ())
    model = load_category_model()
    found = model.probabilities(features)
    order = np.argsort(-found[:-1], kind="stable")[:GUESSES]
    guesses = tuple(
        Guess(category=model.codes[place], probability=round(float(found[place]), 4)) for place in order.tolist()
    )
    best = guesses[0]
    sure = best.probability >= model.sure and best.probability > found[-1] and not _names_two(text)
    start, end = _telling(features, best.category, model.contributions(features, int(order[0])))
    evidence = Evidence(source="note", quote=words[start:end], span=(start, end))
    return Guesses(guesses, best if sure else None, (evidence,))


def _names_two(text: str) -> bool:
    """Return whether products of two categories are offered at once: the classifier expects one."""
    named = {mention.value.code for mention in find_categories(split_sentences(text)) if mention.value.leading}
    return len(named) > 1


def _telling(features: Features, category: str, contributions: NDArray[np.float32]) -> tuple[int, int]:
    """Return the span of the words that speak for a category: its longest keyword, or what tells most."""
    tokens = features.tokens
    keywords = [(first, last) for code, first, last in find_keywords(tokens) if code == category]
    if keywords:
        first, last = max(keywords, key=lambda place: place[1] - place[0])
    else:
        told = np.zeros(len(tokens))
        for contribution, since, until in zip(contributions, features.first, features.last, strict=True):
            told[since : until + 1] += contribution / (until - since + 1)
        first = last = int(told.argmax())
        least = told[first] * AS_TELLING if told[first] > 0 else np.inf
        while first > 0 and told[first - 1] >= least:
            first -= 1
        while last < len(tokens) - 1 and told[last + 1] >= least:
            last += 1
    return tokens[first].start, tokens[last].end
