"""Rules and profiles for tests."""

from datetime import date
from typing import get_args

from pydantic import TypeAdapter

from models.marketplace import Marketplace, Rule, Tier
from models.rule import ListingRule, PhotoRule

ANY_RULE: TypeAdapter[PhotoRule | ListingRule] = TypeAdapter(Rule)


KINDS: dict[str, type[PhotoRule | ListingRule]] = {
    name: kind
    for union in (PhotoRule, ListingRule)
    for kind in get_args(get_args(union)[0])
    for name in get_args(kind.model_fields["rule"].annotation)
}


def rule_names() -> tuple[str, ...]:
    """Return the names of all rules that a profile can be written in."""
    return tuple(KINDS)


def kind_of(name: str) -> type[PhotoRule | ListingRule]:
    """Return a rule's class."""
    return KINDS[name]


def rule(name: str, value: object, grade: str = "A", **more: object) -> PhotoRule | ListingRule:
    """Return a rule that was read somewhere."""
    written = {"rule": name, "value": value, "source": "a page", "checked": date(2026, 11, 23), "grade": grade}
    return ANY_RULE.validate_python(written | more)


def market(*rules: PhotoRule | ListingRule, code: str = "pasar", tier: tuple[Tier, ...] = ()) -> Marketplace:
    """Return a marketplace with these rules."""
    return Marketplace(code=code, name="Pasar", rule=rules, tier=tier)
