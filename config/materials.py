"""Materials: ``config/materials.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Material(Value):
    """One material."""

    en: str
    also: tuple[str, ...] = ()
    """Other ways of writing it, in lower case."""


class About(Value):
    """What the words around a material say of it, in lower case."""

    after: tuple[str, ...]
    only_after: tuple[str, ...]
    parts: tuple[str, ...]
    hosts: tuple[str, ...]
    before: tuple[str, ...]


class Materials(Value):
    """All materials by their standard name."""

    material: dict[str, Material]
    about: About

    @property
    def spelt(self) -> dict[str, str]:
        """Every way of writing with its standard name."""
        return {way: name for name, one in self.material.items() for way in (name, *one.also)}


@cache
def load_materials() -> Materials:
    """Return the materials. Raises PresetError."""
    return read_preset(HERE / "materials.toml", Materials)
