"""Appraise: how a listing stands at one marketplace."""

from models.appraisal import Appraisal
from models.assessment import Outcome
from models.marketplace import Marketplace
from models.photo import Finished
from models.rule import ListingTerms
from models.suggestion import Suggestion
from processing.appraise.facts import listing_facts
from processing.appraise.goals import Goal, goals_of
from processing.appraise.next_fix import next_fix


def appraise(marketplace: Marketplace, photos: tuple[Finished, ...], suggestion: Suggestion) -> Appraisal:
    """Return the tier that a listing reaches, the share of goals that it meets, and the one next fix.

    Goals are counted as Mercado Libre does it: those met of those that apply. What cannot be checked is not met,
    and lifts nothing.

    Parameters
    ----------
    photos
        The listing's finished photos with their verdicts, the cover first.
    """
    goals = goals_of(marketplace, photos, listing_facts(photos, suggestion, marketplace.code))
    counted = [goal.verdict.outcome for goal in goals if goal.is_verified]
    tier = _reach(marketplace, goals, (Outcome.PASS,))
    at_best = _reach(marketplace, goals, (Outcome.PASS, Outcome.CANNOT_CHECK))
    return Appraisal(
        marketplace=marketplace.code,
        verdicts=tuple(goal.verdict for goal in goals if isinstance(goal.rule, ListingTerms)),
        met=counted.count(Outcome.PASS),
        goals=len(counted),
        unchecked=counted.count(Outcome.CANNOT_CHECK),
        tier=tier,
        at_best=at_best,
        next_fix=next_fix(goals, (*_above(marketplace, tier), *_above(marketplace, at_best))),
    )


def _reach(marketplace: Marketplace, goals: tuple[Goal, ...], enough: tuple[Outcome, ...]) -> str:
    """Return the highest tier whose tasks, and those of all tiers below it, have one of these outcomes."""
    reached = ""
    for tier in marketplace.tier:
        if any(goal.verdict.tier == tier.code and goal.verdict.outcome not in enough for goal in goals):
            break
        reached = tier.code
    return reached


def _above(marketplace: Marketplace, tier: str) -> tuple[str, ...]:
    """Return the tier above, or none where this is the highest one or there are none."""
    codes = [each.code for each in marketplace.tier]
    return tuple(codes[codes.index(tier) + 1 :][:1]) if tier else ()
