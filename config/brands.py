"""How sellers name a brand: ``config/brands.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Brands(Value):
    """The words around a brand, in lower case."""

    marker: tuple[str, ...]
    none: tuple[str, ...]
    stop: tuple[str, ...]
    printed: tuple[str, ...]
    title: tuple[str, ...]
    talk: tuple[str, ...]
    given: tuple[str, ...]
    written: tuple[str, ...]


@cache
def load_brands() -> Brands:
    """Return the words. Raises PresetError."""
    return read_preset(HERE / "brands.toml", Brands)
