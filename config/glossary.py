"""Indonesian words of products with the English ones: ``config/glossary.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Glossary(Value):
    """English by Indonesian, in lower case, each kind of word apart."""

    head: dict[str, str]
    """What a thing is."""
    flavour: dict[str, str]
    material: dict[str, str]
    colour: dict[str, str]
    technique: dict[str, str]
    pattern: dict[str, str]
    other: dict[str, str]
    unit: dict[str, str]
    """Words of figures."""

    def modifiers(self, *, eaten: bool) -> tuple[dict[str, str], ...]:
        """Return what may stand before an English noun, in order: pandan is a taste, or what a bag is of.

        What is eaten is of no wood or metal: ``kuningan`` is a town there, and no brass.
        """
        if eaten:
            return (self.other, self.technique, self.flavour, self.colour)
        return (self.other, self.colour, self.pattern, self.technique, self.material, self.flavour)


@cache
def load_glossary() -> Glossary:
    """Return the glossary. Raises PresetError."""
    return read_preset(HERE / "glossary.toml", Glossary)
