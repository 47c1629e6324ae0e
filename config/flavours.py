"""Flavours: ``config/flavours.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Flavour(Value):
    """One flavour."""

    en: str
    also: tuple[str, ...] = ()
    """Other ways of writing it, in lower case."""
    plain: bool = False
    """True where the word alone, beside a food, says its flavour."""
    joins: bool = False
    """True where it may stand with another one as one flavour."""


class About(Value):
    """What the words around a flavour say of it, in lower case; ``flavours.toml`` explains each list."""

    after: tuple[str, ...]
    filled: tuple[str, ...]
    foods: tuple[str, ...]
    carriers: tuple[str, ...]
    intense: tuple[str, ...]
    sauces: tuple[str, ...]
    common: tuple[str, ...]
    hosts: tuple[str, ...]
    praise: tuple[str, ...]


class Flavours(Value):
    """All flavours by their standard name."""

    flavour: dict[str, Flavour]
    about: About

    @property
    def spelt(self) -> dict[str, str]:
        """Every way of writing with its standard name."""
        return {way: name for name, one in self.flavour.items() for way in (name, *one.also)}


@cache
def load_flavours() -> Flavours:
    """Return the flavours. Raises PresetError."""
    return read_preset(HERE / "flavours.toml", Flavours)
