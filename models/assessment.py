"""The assessment of a photo: measurements, defects, and the verdicts of marketplaces' rules."""

from enum import StrEnum
from operator import not_
from typing import Annotated

from pydantic import Field

from models.appearance import Appearance
from models.geometry import Box
from models.light import Light
from models.reading import TextLine
from models.rule import Level
from models.value import Value

# A photo has dozens of verdicts: what is not so of one is not written down.
WhereTrue = Annotated[bool, Field(exclude_if=not_)]
WhereSaid = Annotated[str, Field(exclude_if=not_)]


def _is_none(value: object) -> bool:
    return value is None


WhereForeseen = Annotated[float | None, Field(exclude_if=_is_none)]
WhereMended = Annotated[Light | None, Field(exclude_if=_is_none)]


class Measurement(Value):
    """One figure of a photo."""

    name: str
    value: float | None
    """``None`` where this photo does not allow the check."""
    unit: str
    """``px``, ``share``, ``degrees``, ``levels`` and so on; ``1`` where there is none."""
    boxes: tuple[Box, ...] = ()
    """Where on the photo it was found, for what has a place."""


class DefectCode(StrEnum):
    """What can be wrong with a photo; each has its text in ``config/messages``."""

    BLUR = "blur"
    MOTION_BLUR = "motion_blur"
    UPSCALED = "upscaled"
    UNDEREXPOSED = "underexposed"
    OVEREXPOSED = "overexposed"
    LOW_CONTRAST = "low_contrast"
    COLOUR_CAST = "colour_cast"
    NOISE = "noise"
    JPEG_ARTIFACTS = "jpeg_artifacts"
    LOW_RESOLUTION = "low_resolution"
    CUT_OFF = "cut_off"
    SMALL_IN_FRAME = "small_in_frame"
    OFF_CENTRE = "off_centre"
    TILTED = "tilted"
    CLUTTERED_BACKGROUND = "cluttered_background"
    MULTIPLE_PRODUCTS = "multiple_products"
    BORDER = "border"
    COLLAGE = "collage"
    TEXT_OVERLAY = "text_overlay"
    WATERMARK = "watermark"
    SCREENSHOT = "screenshot"
    BLANK = "blank"


class Defect(Value):
    """One thing that is wrong, how badly, and where; what is found at several places is a defect at each."""

    code: DefectCode
    severity: float
    """In [0, 1]: 0 is hardly visible, 1 makes the photo useless."""
    box: Box | None = None
    """Where on the photo; ``None`` means all of it."""
    foreseen: WhereForeseen = None
    """What its severity will be on the finished picture; ``None`` where that was not tried before the work."""


class Outcome(StrEnum):
    """The three things that a check can say."""

    PASS = "pass"
    FAIL = "fail"
    CANNOT_CHECK = "cannot_check"


class Verdict(Value):
    """What one rule of one marketplace says of a photo as it was sent, of a finished file, or of a listing."""

    marketplace: str
    rule: str
    outcome: Outcome
    found: str
    """The figure that it rests on; empty where there is none."""
    wanted: str
    """Empty for what only is to hold."""
    level: Level = Level.REQUIRED
    cover: WhereTrue = False
    """The rule is about the listing's first photo alone."""
    rendition: WhereSaid = ""
    """The finished file that it is about."""
    by_recipe: WhereTrue = False
    """The finished file is so by its recipe, whatever the photo is."""
    tier: WhereSaid = ""
    """The marketplace's tier that takes it."""

    @property
    def refuses(self) -> bool:
        """True when the marketplace would not take it: advice that is not followed refuses nothing."""
        return self.outcome is Outcome.FAIL and self.level is Level.REQUIRED and not self.tier


class Assessment(Value):
    """Everything that was found out about one photo."""

    score: int
    """0 to 100."""
    parts: dict[str, float | None]
    """The score's parts by name, each in [0, 1]; ``None`` for what this photo does not allow to check."""
    measurements: tuple[Measurement, ...]
    defects: tuple[Defect, ...]
    """The gravest first."""
    looked_for: tuple[DefectCode, ...] = ()
    """The defects that this photo allowed to look for, in alphabetical order."""
    verdicts: tuple[Verdict, ...] = ()
    reading: tuple[TextLine, ...] = ()
    """What is written on it, as far as it was read; laid over it or printed on the product."""
    light: WhereMended = None
    """How its light is mended; ``None`` where it stays as it is."""
    look: Appearance | None = None
    """``None`` where it is not known which pixels are the product's."""
