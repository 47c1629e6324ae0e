"""What was measured on a photo, what it implies, and what each marketplace would say."""

from enum import StrEnum

from models.geometry import Box
from models.value import Value


class Measurement(Value):
    """One figure of a photo."""

    name: str
    value: float | None
    """``None`` where this photo does not allow the check."""
    unit: str
    """``px``, ``share``, ``degrees``, ``levels`` and so on; ``1`` where there is none."""


class DefectCode(StrEnum):
    """What can be wrong with a photo; each has its text in ``config/messages``."""

    BLURRED = "blurred"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    TOO_SMALL = "too_small"
    CUT_OFF = "cut_off"
    PRODUCT_SMALL = "product_small"


class Defect(Value):
    """One thing that is wrong, how badly, and where."""

    code: DefectCode
    severity: float
    """In [0, 1]: 0 is hardly visible, 1 makes the photo useless."""
    box: Box | None = None
    """Where on the photo; ``None`` means all of it."""


class Outcome(StrEnum):
    """The three things that a check can say."""

    PASS = "pass"
    FAIL = "fail"
    CANNOT_CHECK = "cannot_check"


class Verdict(Value):
    """What one rule of one marketplace says of one photo or rendition."""

    marketplace: str
    rule: str
    outcome: Outcome
    found: str
    wanted: str


class Assessment(Value):
    """Everything that was found out about one photo."""

    score: int
    """0 to 100."""
    parts: dict[str, float | None]
    """The score's parts by name, each in [0, 1]; ``None`` for what this photo does not allow to check."""
    measurements: tuple[Measurement, ...]
    defects: tuple[Defect, ...]
    """The gravest first."""
    verdicts: tuple[Verdict, ...] = ()
