"""What presets there are, by their files' names alone: the settings need not wait for what is in them."""

from pathlib import Path

from config.presets import HERE, preset_names

MARKETPLACES = HERE / "marketplaces"
RECIPES = HERE / "recipes"
PUBLISHERS = HERE / "publishers.toml"


def known_marketplaces(folder: Path = MARKETPLACES) -> tuple[str, ...]:
    """Return the codes of all marketplaces, in alphabetical order."""
    return preset_names(folder)


def known_recipes() -> tuple[str, ...]:
    """Return the names of all recipes, in alphabetical order."""
    return preset_names(RECIPES)
