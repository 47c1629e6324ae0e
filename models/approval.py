"""The rule by which a listing may be published without review."""

from models.recipe import Share
from models.value import Value


class ApprovalRule(Value):
    """The least that a listing must reach."""

    min_trust: Share
    """Of each photo's matte; under it the cleaned original is used and a person is asked."""
    min_score: int
    """Of each photo, 0 to 100."""
    max_severity: Share
    """Of the gravest defect of any photo."""
