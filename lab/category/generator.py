"""Titles in the manner of real sellers, composed from the vocabulary: what the classifier learns from."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from config.categories import load_categories
from config.spellings import load_spellings
from lab.category.vocabulary import OUTSIDE, Vocabulary, load_around, load_outside, load_vocabulary

LETTERS = "abcdefghijklmnopqrstuvwxyz"
QUALIFYING = ("rasa", "isi", "motif", "untuk", "dari", "dengan", "bahan", "aroma", "bonus")
NUMBERS = (50, 100, 150, 200, 250, 500, 1, 2, 5, 10, 12, 20, 30, 40)
UNITS = ("gr", "gram", " gr", "kg", " kg", "ml", " pcs", "pcs", " cm", "cm", " liter", " lusin", "x20")


@dataclass(frozen=True, slots=True)
class Title:
    """A title and what it is of."""

    text: str
    category: str
    """A code, or ``outside``."""


def generate(
    per_category: int, outside: int, seed: int, keep: Callable[[str], bool] | None = None
) -> Iterator[Title]:
    """Yield titles of every category, and of goods outside them; the same for the same seed.

    ``keep`` says which names may be used, so that a classifier can be judged by names that it never saw.
    """
    chance = random.Random(seed)
    composer = _Composer(chance)
    for code, words in load_vocabulary().items():
        category = load_categories()[code]
        every = (*words.keywords, *words.names, category.id.casefold(), category.en.casefold())
        names = [name for name in every if keep is None or keep(name)]
        for place in range(per_category if names else 0):
            # Every name comes up; those that are written first, the commonest, more often.
            even = names[place % len(names)]
            name = even if chance.random() < 0.7 else names[int(len(names) * chance.random() ** 2)]
            yield Title(composer.inside(name, words), code)
    for _ in range(outside):
        yield Title(composer.outside(), OUTSIDE)


class _Composer:
    """Draws the words of a title."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._around, self._strange = load_around(), load_outside()
        self._categories: tuple[Vocabulary, ...] = tuple(load_vocabulary().values())

    def inside(self, name: str, words: Vocabulary) -> str:
        """Return a title of goods of a category."""
        chance = self._chance
        parts = [self._name(name)]
        parts += chance.sample(words.details, min(len(words.details), chance.choice((0, 0, 1, 1, 1, 2, 2, 3))))
        if chance.random() < 0.12:
            stranger = chance.choice(self._categories)
            said = chance.choice(stranger.details if chance.random() < 0.6 else stranger.keywords)
            parts.append(f"{chance.choice(QUALIFYING)} {said}")
        parts += self._tail()
        if chance.random() < 0.3:
            end = chance.randint(1, len(parts))
            parts[1:end] = chance.sample(parts[1:end], len(parts[1:end]))
        return self._finish(parts)

    def outside(self) -> str:
        """Return a title of goods of none, or words that name no goods."""
        chance, around, strange = self._chance, self._around, self._strange
        if chance.random() < 0.15:
            every = (*strange.nothing, *around.praise, *around.trade, *around.places)
            parts = chance.sample(every, chance.randint(1, 4))
            return self._finish([*parts, *self._tail()])
        parts = [chance.choice(strange.goods)]
        parts += chance.sample(strange.details, chance.randint(0, 2))
        if chance.random() < 0.15:
            stranger = chance.choice(self._categories)
            parts.append(
                f"{chance.choice(('untuk', 'motif', 'buat', 'bonus'))} {chance.choice(stranger.keywords)}"
            )
        return self._finish([*parts, *self._tail()])

    def _name(self, name: str) -> str:
        """Return the name, at times with another word between its two."""
        words = name.split()
        if len(words) == 2 and self._chance.random() < 0.1:
            words.insert(1, self._chance.choice((*self._around.praise, *self._around.places)).split()[0])
        return " ".join(words)

    def _tail(self) -> list[str]:
        chance, around = self._chance, self._around
        tail = []
        if chance.random() < 0.3:
            tail.append(chance.choice(around.praise))
        if chance.random() < 0.15:
            tail.append(chance.choice((f"khas {chance.choice(around.places)}", chance.choice(around.places))))
        if chance.random() < 0.12:
            tail.append(chance.choice(around.colours))
        if chance.random() < 0.12:
            tail.append(chance.choice(around.names))
        if chance.random() < 0.35:
            tail.append(self._measure())
        if chance.random() < 0.1:
            tail.append(chance.choice(around.trade))
        if chance.random() < 0.12:
            tail.append(f"{chance.randint(5, 300)}{chance.choice(('rb', 'k', '.000', ' ribu'))}")
        return tail

    def _measure(self) -> str:
        number, unit = self._chance.choice(NUMBERS), self._chance.choice(UNITS)
        written = (f"{number}{unit}", f"isi {number}", f"uk {number}", f"{number} pcs", f"ukuran {number}")
        return self._chance.choice(written)

    def _finish(self, parts: list[str]) -> str:
        chance = self._chance
        if chance.random() < 0.22:
            parts = [chance.choice(self._around.openers), *parts]
        if chance.random() < 0.07:
            parts = [chance.choice(self._around.names), *parts]
        words = " ".join(parts).split()
        return " ".join(self._misspell(word) if chance.random() < 0.06 else word for word in words)

    def _misspell(self, word: str) -> str:
        """Return the word as somebody in a hurry writes it."""
        if len(word) < 4 or not word.isalpha():
            return word
        others = [other for other, usual in load_spellings().items() if usual == word]
        if others:
            return self._chance.choice(others)
        place = self._chance.randrange(1, len(word) - 1)
        letter = self._chance.choice(LETTERS)
        before, here, after = word[:place], word[place], word[place + 1 :]
        return self._chance.choice((
            before + after,
            before + here + here + after,
            before + after[0] + here + after[1:],
            word[0] + "".join(each for each in word[1:] if each not in "aeiou"),
            before + letter + after,
        ))  # fmt: skip
