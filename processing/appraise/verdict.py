"""From a finding to a verdict: where a rule that nobody has verified loses its teeth."""

from dataclasses import dataclass

from models.assessment import Outcome, Verdict
from models.rule import ListingRule, PhotoRule, PhotoTerms


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether a rule is kept."""

    kept: bool | None
    """``None`` where it cannot be told."""
    found: str = ""
    """The figure that it rests on."""


def verdict(
    marketplace: str,
    rule: PhotoRule | ListingRule,
    finding: Finding,
    *,
    rendition: str = "",
    by_recipe: bool = False,
    tier: str = "",
) -> Verdict:
    """Return what a finding means: of a rule that was not verified (grade ``?``) nothing more than that."""
    outcome = Outcome.CANNOT_CHECK
    if finding.kept is not None and rule.grade != "?":
        outcome = Outcome.PASS if finding.kept else Outcome.FAIL
    return Verdict(
        marketplace=marketplace,
        rule=rule.rule,
        outcome=outcome,
        found=finding.found,
        wanted=rule.wanted,
        level=rule.level,
        cover=isinstance(rule, PhotoTerms) and rule.cover,
        rendition=rendition,
        by_recipe=by_recipe,
        tier=tier,
    )
