"""The recipes that the project ships: ``config/recipes/*.toml``."""

from config.presets import HERE, preset_names, read_preset
from models.recipe import Recipe

FOLDER = HERE / "recipes"


def known_recipes() -> tuple[str, ...]:
    """Return the names of all recipes."""
    return preset_names(FOLDER)


def load_recipe(name: str) -> Recipe:
    """Return a recipe by name. Raises PresetError."""
    return read_preset(FOLDER / f"{name}.toml", Recipe)
