"""Patterns of cloth and craft: ``config/patterns.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Patterns(Value):
    """Patterns by their standard name, each with other ways of writing it, in lower case."""

    motif: dict[str, tuple[str, ...]]
    """After the word ``motif``."""
    alone: dict[str, tuple[str, ...]]


@cache
def load_patterns() -> Patterns:
    """Return the patterns. Raises PresetError."""
    return read_preset(HERE / "patterns.toml", Patterns)
