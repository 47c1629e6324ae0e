"""What is installed: the versions that results depend on, and how old the marketplaces' rules are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from config.recipes import load_recipe
from config.settings import Settings
from models.identity import PIPELINE_VERSION, processing_identity
from processing.matte.named import name_installed


@dataclass(frozen=True, slots=True)
class RuleAge:
    """One marketplace's profile."""

    name: str
    rules: int
    oldest: date
    """When the rule was read that was read longest ago."""
    newest: date


@cache
def installed_versions(settings: Settings) -> Mapping[str, str]:
    """Return the versions of this installation by what they are of; a network that is not here has none."""
    recipe, network = load_recipe(settings.recipe), name_installed(settings.matte)
    return {
        "program": version("etalase"),
        "pipeline": str(PIPELINE_VERSION),
        "recipe": f"{recipe.name} {recipe.version}",
        "matte": network or settings.matte,
        "identity": processing_identity(recipe, network) if network else "",
    }


@cache
def rule_ages() -> tuple[RuleAge, ...]:
    """Return how old each marketplace's rules are."""
    profiles = [load_marketplace(code) for code in known_marketplaces()]
    return tuple(
        RuleAge(profile.name, len(days), min(days), max(days))
        for profile in profiles
        for days in [[rule.checked for _, rule in profile.placed()]]
    )
