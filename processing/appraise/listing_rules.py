"""What a rule about a listing says of one."""

from collections.abc import Callable

from models.rule import AttributeLimit, ListingCondition, ListingRule, PhotoCount, TextLimit, amount
from processing.appraise.facts import ListingFacts
from processing.appraise.verdict import Finding

LENGTHS: dict[str, Callable[[ListingFacts], int]] = {
    "min_title": lambda listing: len(listing.title),
    "max_title": lambda listing: len(listing.title),
    "max_subtitle": lambda listing: 0,  # none is ever proposed
    "min_description": lambda listing: len(listing.description),
    "max_description": lambda listing: len(listing.description),
}
"""What each limit on a text is about, in characters."""


def applies(rule: ListingRule, listing: ListingFacts) -> bool:
    """Return whether a rule is for goods like these; for goods of no known category all are."""
    return not rule.categories or listing.category is None or listing.category in rule.categories


def check_listing(rule: ListingRule, listing: ListingFacts) -> Finding:
    """Return whether a listing keeps a rule that applies to it.

    What the seller fills in at the marketplace alone cannot be told here: a parcel's weight, and whether goods
    without a known brand have one. Nor can it be told that a category which we guessed is the right one: a person
    says so who chooses it.
    """
    if rule.categories and listing.category is None:
        return Finding(None)
    match rule:
        case PhotoCount():
            count = sum(side >= (rule.side or 0) for side in listing.sides)
            return Finding(rule.allows(count), amount(count, rule.unit))
        case TextLimit():
            length = LENGTHS[rule.rule](listing)
            return Finding(rule.allows(length), amount(length, rule.unit))
        case AttributeLimit() if listing.attributes is not None:
            return Finding(rule.allows(listing.attributes), amount(listing.attributes, rule.unit))
        case ListingCondition():
            return Finding(_condition(rule, listing))
    return Finding(None)


def _condition(rule: ListingCondition, listing: ListingFacts) -> bool | None:
    match rule.rule:
        case "brand" if listing.branded:
            return True
        case "right_category" if listing.category is None or listing.category_chosen:
            return listing.category is not None
    return None
