"""Next fix: of all that could be better, the one thing that the seller is to do first."""

from models.appraisal import Fix
from models.assessment import Outcome
from models.rule import Level
from processing.appraise.goals import Goal


def next_fix(goals: tuple[Goal, ...], tier: str) -> Fix | None:
    """Return the fix that brings a listing furthest for the least, or ``None``.

    First comes what the marketplace would refuse, then what is missing for the next ``tier``, then what we cannot
    see of it, then plain advice; within each, the profile's order, which is that of effort. What only another
    recipe could mend is told where the marketplace would refuse the listing for it, and is no advice to a seller.
    """
    hers = [goal for goal in goals if not goal.verdict.by_recipe]
    failed = [goal for goal in hers if goal.verdict.outcome is Outcome.FAIL]
    unknown = [goal for goal in hers if goal.verdict.outcome is Outcome.CANNOT_CHECK]
    ordered = (
        *(goal for goal in failed if goal.verdict.refuses),
        *(goal for goal in goals if goal.verdict.refuses),
        *(goal for goal in failed if tier and goal.verdict.tier == tier),
        *(goal for goal in unknown if tier and goal.verdict.tier == tier),
        *(goal for goal in failed if not goal.verdict.tier and goal.rule.level is Level.ADVISED),
    )
    return _fix(ordered[0]) if ordered else None


def _fix(goal: Goal) -> Fix:
    return Fix(
        rule=goal.rule.rule,
        wanted=goal.rule.shown,
        file=goal.file,
        lifts_to=goal.verdict.tier,
        certain=goal.verdict.outcome is Outcome.FAIL,
        by_recipe=goal.verdict.by_recipe,
    )
