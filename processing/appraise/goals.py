"""Goals: all that one marketplace asks of a listing, each with how it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.assessment import Outcome, Verdict
from models.marketplace import Marketplace
from models.photo import Finished
from models.rule import ListingRule, ListingTerms, PhotoRule
from processing.appraise.facts import ListingFacts
from processing.appraise.listing_rules import applies, check_listing
from processing.appraise.verdict import Finding, verdict

WORST_FIRST = (Outcome.FAIL, Outcome.CANNOT_CHECK, Outcome.PASS)


@dataclass(frozen=True, slots=True)
class Goal:
    """One rule, and the verdict that counts for the listing."""

    rule: PhotoRule | ListingRule
    verdict: Verdict
    file: str | None = None
    """The photo whose verdict counts."""

    @property
    def is_verified(self) -> bool:
        """False for a rule that nobody has verified: it is no goal."""
        return self.rule.grade != "?"


def goals_of(marketplace: Marketplace, photos: tuple[Finished, ...], listing: ListingFacts) -> tuple[Goal, ...]:
    """Return a goal for each rule and each tier's task that applies, in the profile's order.

    Of several photos, the cover first, the one with the worst verdict counts.
    """
    return tuple(_goals(marketplace, photos, listing))


def _goals(marketplace: Marketplace, photos: tuple[Finished, ...], listing: ListingFacts) -> Iterator[Goal]:
    for rule in marketplace.rule:
        if not isinstance(rule, ListingTerms):
            yield _over_photos(marketplace.code, rule, photos)
        elif applies(rule, listing):
            yield Goal(rule, verdict(marketplace.code, rule, check_listing(rule, listing)))
    for tier in marketplace.tier:
        for task in tier.task:
            if applies(task, listing):
                yield Goal(task, verdict(marketplace.code, task, check_listing(task, listing), tier=tier.code))


def _over_photos(code: str, rule: PhotoRule, photos: tuple[Finished, ...]) -> Goal:
    found = [
        Goal(rule, one, photo.file)
        for photo in (photos[:1] if rule.cover else photos)
        for one in photo.picture_verdicts
        if (one.marketplace, one.rule, one.wanted) == (code, rule.rule, rule.wanted)
    ]
    unknown = Goal(rule, verdict(code, rule, Finding(None)))
    return min(found, key=lambda goal: WORST_FIRST.index(goal.verdict.outcome), default=unknown)
