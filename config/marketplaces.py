"""The marketplaces whose rules we know: ``config/marketplaces/*.toml``."""

from pathlib import Path

from config.presets import HERE, PresetError, preset_names, read_preset
from models.marketplace import Marketplace

FOLDER = HERE / "marketplaces"


def known_marketplaces(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the codes of all marketplaces, in alphabetical order."""
    return preset_names(folder)


def load_marketplace(code: str, folder: Path = FOLDER) -> Marketplace:
    """Return a marketplace's rules by its code.

    Raises
    ------
    PresetError
        When there is no such profile, or it is malformed: names the file, the key (the line and column, where
        it is not TOML) and the reason.
    """
    path = folder / f"{code}.toml"
    profile = read_preset(path, Marketplace)
    if profile.code != code:
        raise PresetError(f"{path}: code: {profile.code!r} is not the file's name")
    return profile
