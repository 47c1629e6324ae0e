"""What sellers write: names and details of each category, and what goes with any; ``vocabulary/*.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.categories import family_of, load_categories

FOLDER = Path(__file__).parent / "vocabulary"
OUTSIDE, AROUND = "outside", "around"
"""The first stands for goods of no category, and for words that name none."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a category's sellers write."""

    keywords: tuple[str, ...]
    """Which the project looks for itself."""
    names: tuple[str, ...]
    """Other names, of which one may belong to several categories."""
    details: tuple[str, ...]
    """What follows the name."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What is sold by others than our sellers, or says nothing."""

    goods: tuple[str, ...]
    details: tuple[str, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What is written around any name."""

    openers: tuple[str, ...]
    places: tuple[str, ...]
    praise: tuple[str, ...]
    trade: tuple[str, ...]
    names: tuple[str, ...]
    """Of sellers."""
    colours: tuple[str, ...]


@cache
def load_vocabulary() -> dict[str, Vocabulary]:
    """Return the vocabulary of each category, by its code.

    Raises
    ------
    ValueError
        When a category has none, or lies in another family's file.
    """
    written = {
        code: (file.stem, entry)
        for file in sorted(FOLDER.glob("*.toml"))
        if file.stem not in {OUTSIDE, AROUND}
        for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }
    categories = load_categories()
    if written.keys() != categories.keys():
        raise ValueError(f"vocabulary and categories differ: {sorted(written.keys() ^ categories.keys())}")
    for code, (family, _) in written.items():
        if family != family_of(code):
            raise ValueError(f"{code} is written in {family}.toml, and belongs to {family_of(code)}")
    return {
        code: Vocabulary(categories[code].keywords, tuple(entry["names"]), tuple(entry["details"]))
        for code, (_, entry) in written.items()
    }


@cache
def load_outside() -> Outside:
    """Return what lies outside the categories."""
    entry = tomllib.loads((FOLDER / f"{OUTSIDE}.toml").read_text(encoding="utf-8"))
    return Outside(*(tuple(entry[key]) for key in ("goods", "details", "nothing")))


@cache
def load_around() -> Around:
    """Return what is written around names."""
    entry = tomllib.loads((FOLDER / f"{AROUND}.toml").read_text(encoding="utf-8"))
    return Around(**{key: tuple(words) for key, words in entry.items()})
