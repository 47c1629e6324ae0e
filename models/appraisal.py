"""How a listing stands at a marketplace, and what would lift it there."""

from models.assessment import Verdict
from models.value import Value


class Fix(Value):
    """The one thing to do next."""

    rule: str
    """Which rule it serves; its texts are in ``config/messages``."""
    wanted: str
    """The rule's value with its unit; empty for what only is to hold."""
    file: str | None = None
    """The photo that it is about; ``None`` where it is about the listing."""
    lifts_to: str = ""
    """The tier that it leads to; empty where the marketplace has none, or where it comes before all tiers."""
    certain: bool = True
    """False where we cannot see whether it is done already."""
    by_recipe: bool = False
    """True where another recipe is what it takes, and the seller can do nothing."""


class Appraisal(Value):
    """How a listing stands at one marketplace."""

    marketplace: str
    verdicts: tuple[Verdict, ...]
    """On the listing's own rules and on what each tier takes; those on its photos are with the photos."""
    met: int
    """Goals that are surely met."""
    goals: int
    """All rules that apply and that somebody has verified."""
    unchecked: int
    """Goals of which we cannot tell."""
    tier: str = ""
    """The tier that the listing surely reaches; empty where the marketplace has none."""
    at_best: str = ""
    """The tier that it reaches if all that we cannot check is in order."""
    next_fix: Fix | None = None
    """``None`` when there is nothing left that we know of."""
