"""Next fix: of all that could be better, the one thing that the seller is to do first."""

from models.appraisal import Fix
from models.assessment import Outcome
from models.rule import Level
from processing.appraise.goals import Goal

HERE = frozenset({"right_category"})
"""Rules of which a person can say here that they are kept; of other goals that cannot be checked nobody can."""


def next_fix(goals: tuple[Goal, ...], tiers: tuple[str, ...]) -> Fix | None:
    """Return the fix that brings a listing furthest for the least, or ``None``.

    First comes what the marketplace would refuse, then what is missing for the next tier, surely or until somebody
    says that it is not, then what is missing for the tier that it could reach after that, then plain advice. What
    we cannot see and nobody can say here comes last, for it would stand there for ever. Within each, the profile's
    order, which is that of effort. What only another recipe could mend is told where the marketplace would refuse
    the listing for it, and is no advice to a seller.

    Parameters
    ----------
    tiers
        Above the one that the listing surely reaches, and above the one that it reaches if all is in order that we
        cannot check; without those that there are not.
    """
    hers = [goal for goal in goals if not goal.verdict.by_recipe]
    failed = [goal for goal in hers if goal.verdict.outcome is Outcome.FAIL]
    following, further = tiers[:1], tiers[1:]
    unknown = [
        goal for goal in hers if goal.verdict.outcome is Outcome.CANNOT_CHECK and goal.verdict.tier in following
    ]
    ordered = (
        *(goal for goal in failed if goal.verdict.refuses),
        *(goal for goal in goals if goal.verdict.refuses),
        *(goal for goal in failed if goal.verdict.tier in following),
        *(goal for goal in unknown if goal.rule.rule in HERE),
        *(goal for goal in failed if goal.verdict.tier in further),
        *(goal for goal in failed if not goal.verdict.tier and goal.rule.level is Level.ADVISED),
        *unknown,
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
