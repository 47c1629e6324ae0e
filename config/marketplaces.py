"""The marketplaces whose rules we know: ``config/marketplaces/*.toml``."""

import logging
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from config.categories import load_categories
from config.known import MARKETPLACES, known_marketplaces
from config.presets import read_preset, refusal
from config.toml_lines import Place
from models.marketplace import Marketplace
from models.rule import ListingTerms

log = logging.getLogger(__name__)


def load_marketplace(code: str, folder: Path = MARKETPLACES, *, day: date | None = None) -> Marketplace:
    """Return a marketplace's rules by its code, as they are on a day: today, unless another one is given.

    Raises
    ------
    PresetError
        When there is no such profile, or it is malformed: names the file, the line and the reason.
    """
    path = folder / f"{code}.toml"
    profile = read_preset(path, Marketplace)
    faults = _unknown_categories(profile)
    if profile.code != code:
        faults.append((("code",), f"{profile.code!r} is not the file's name"))
    if faults:
        raise refusal(path, faults)
    return profile.on(day or date.today())


def load_known(codes: Iterable[str]) -> tuple[Marketplace, ...]:
    """Return the rules of those marketplaces that are still known; the others are left out, which is logged."""
    known = known_marketplaces()
    profiles = []
    for code in codes:
        if code in known:
            profiles.append(load_marketplace(code))
        else:
            log.warning("marketplace %r is left out: config/marketplaces has no such file any more", code)
    return tuple(profiles)


def _unknown_categories(profile: Marketplace) -> list[tuple[Place, str]]:
    """Return a fault for each rule or task that is for a category that there is not."""
    known = load_categories().keys()
    faults: list[tuple[Place, str]] = []
    for place, rule in profile.placed():
        if isinstance(rule, ListingTerms) and (strange := set(rule.categories) - known):
            faults.append(((*place, "categories"), f"there is no category {', '.join(sorted(strange))}"))
    return faults
