"""Colours by name: ``config/colours.toml``."""

from functools import cache
from typing import Annotated

from pydantic import Field

from config.presets import HERE, read_preset
from models.value import Value

SrgbCode = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Colour(Value):
    """One named colour."""

    en: str
    srgb: SrgbCode | None = None
    """How it looks; ``None`` of what is no one colour."""
    base: str
    """The plain colour that it is a shade of: blue is no contradiction of navy."""
    also: tuple[str, ...] = ()
    """Other names, in standard spelling."""
    seen: bool = False
    """True of the names by which a photo's own colours are told."""
    taste: bool = False
    """True of a word that names something to eat as well."""
    thing: bool = False
    """True of a word that names another thing as well."""

    @property
    def levels(self) -> tuple[int, int, int]:
        """Red, green and blue, 0 to 255."""
        code = self.srgb or "#000000"
        return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


class Within(Value):
    """Where the name of a colour belongs to a thing's name."""

    hosts: tuple[str, ...]
    """The word before it."""


class Colours(Value):
    """All colours by their standard name."""

    spelling: dict[str, tuple[str, ...]]
    """Other spellings of one word."""
    colour: dict[str, Colour]
    within: Within

    @property
    def spelt(self) -> dict[str, str]:
        """Every name, in standard spelling, with the colour's standard name."""
        return {way: name for name, one in self.colour.items() for way in (name, *one.also)}


@cache
def load_colours() -> Colours:
    """Return the colours. Raises PresetError."""
    return read_preset(HERE / "colours.toml", Colours)
