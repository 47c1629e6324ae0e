"""The recipes that the project ships: ``config/recipes/*.toml``."""

from config.known import RECIPES
from config.presets import read_preset
from models.recipe import Recipe


def load_recipe(name: str) -> Recipe:
    """Return a recipe by name. Raises PresetError."""
    return read_preset(RECIPES / f"{name}.toml", Recipe)
