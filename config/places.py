"""Places that goods come from: ``config/places.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class About(Value):
    """What the words around a place say of it, in lower case; ``places.toml`` explains each list."""

    within: tuple[str, ...]
    markers: tuple[str, ...]
    words: tuple[str, ...]
    metals: tuple[str, ...]
    motifs: tuple[str, ...]
    styles: tuple[str, ...]
    denied: tuple[str, ...]
    looks: tuple[str, ...]
    like: tuple[str, ...]
    doing: tuple[str, ...]
    done: tuple[str, ...]
    elsewhere: tuple[str, ...]
    street: tuple[str, ...]
    leading: tuple[str, ...]
    around: tuple[str, ...]
    kinds: tuple[str, ...]


class Places(Value):
    """The places by region, and how their names are written."""

    places: dict[str, tuple[str, ...]]
    spelling: dict[str, tuple[str, ...]]
    about: About

    @property
    def spelt(self) -> dict[str, str]:
        """Every way of writing, in lower case, with the name that buyers know."""
        names = {name.casefold(): name for region in self.places.values() for name in region}
        return names | {other: name for name, others in self.spelling.items() for other in others}


@cache
def load_places() -> Places:
    """Return the places. Raises PresetError."""
    return read_preset(HERE / "places.toml", Places)
