"""Words that buyers look for in several spellings: ``config/variants.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Variants(Value):
    """Groups of spellings of one word, the dictionary's first."""

    words: tuple[tuple[str, ...], ...]


@cache
def load_variants() -> dict[str, tuple[str, ...]]:
    """Return all spellings of a word by each of them. Raises PresetError."""
    groups = read_preset(HERE / "variants.toml", Variants).words
    return {spelling: group for group in groups for spelling in group}
