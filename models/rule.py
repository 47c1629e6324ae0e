"""The rules that a marketplace profile can set for a photo or a listing."""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Gt, Le, MinLen
from pydantic import Discriminator, Strict

from models.value import Value

Count = Annotated[int, Strict(), Gt(0)]
Positive = Annotated[float, Strict(), Gt(0.0)]
Part = Annotated[float, Strict(), Gt(0.0), Le(1.0)]
Code = Annotated[str, MinLen(1)]
Certainty = Literal["A", "B", "?"]
"""A: read at the owner or in its API schema; B: a secondary source; ?: not verified, so that the check can only
say ``cannot check``."""

SIMPLEST = 20
"""The largest denominator in which an aspect is shown: 3:4, and not 0.75."""


def amount(value: float, unit: str) -> str:
    """Return a figure with its unit, the same in every language: ``500 px``, ``85 %``, ``1.2 MP``."""
    if unit == "share":
        return f"{100 * value:.3g} %"
    number = str(int(value)) if value == int(value) else f"{value:.3g}"
    return f"{number} {unit}" if unit in {"px", "B", "MP"} else number


class Level(StrEnum):
    """What becomes of a listing that does not keep a rule."""

    REQUIRED = "required"
    """The marketplace refuses it."""
    ADVISED = "advised"
    """It is shown, and could do better."""


class Terms(Value):
    """What every rule says of itself."""

    unit: ClassVar[str] = ""
    source: Annotated[str, MinLen(1)]
    checked: date
    grade: Certainty
    level: Level = Level.REQUIRED
    required_from: date | None = None
    """The day from which a rule that is only advised so far is required."""

    def on(self, day: date) -> Level:
        """Return what the rule is on a day."""
        due = self.required_from is not None and day >= self.required_from
        return Level.REQUIRED if due else self.level


class PhotoTerms(Terms):
    """A rule about one photo."""

    cover: bool = False
    """True where it is about the listing's first photo alone."""


class FileTerms(PhotoTerms):
    """A rule about a photo's file: a finished one is what the recipe makes it, whatever the seller sent."""


class PictureTerms(PhotoTerms):
    """A rule about what a photo shows."""


class ListingTerms(Terms):
    """A rule about the listing."""

    categories: tuple[Code, ...] = ()
    """Codes of ``config/categories`` that it is for; empty for all."""


class Limit(Terms):
    """A figure that is not to be passed; the rule's name begins with ``min_`` or ``max_``."""

    rule: str
    value: float

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return amount(self.value, self.unit)

    @property
    def wanted(self) -> str:
        """The value with its direction."""
        return f"{'>=' if self.is_minimum else '<='} {self.shown}"

    @property
    def is_minimum(self) -> bool:
        """True where more is better."""
        return self.rule.startswith("min_")

    def allows(self, found: float) -> bool:
        """Return whether a figure keeps the rule."""
        return found >= self.value if self.is_minimum else found <= self.value


class Choice(Terms):
    """One of several words."""

    value: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The words."""
        return ", ".join(self.value)

    @property
    def wanted(self) -> str:
        """The words."""
        return self.shown

    def allows(self, found: str) -> bool:
        """Return whether a word keeps the rule."""
        return found in self.value


class Condition(Terms):
    """Something that is to hold."""

    value: Literal[True]
    shown: ClassVar[str] = ""
    wanted: ClassVar[str] = ""


class PixelLimit(FileTerms, Limit):
    """A side, in px."""

    unit = "px"
    rule: Literal["min_width", "min_height", "min_side", "min_longest_side", "max_side"]
    """``min_side`` is about the shorter side, ``max_side`` about the longer."""
    value: Count


class ByteLimit(FileTerms, Limit):
    """The file's size."""

    unit = "B"
    rule: Literal["max_bytes"]
    value: Count


class MegapixelLimit(FileTerms, Limit):
    """Width times height, in millions."""

    unit = "MP"
    rule: Literal["max_megapixels"]
    value: Positive


class QualityLimit(FileTerms, Limit):
    """Of a JPEG: the encoder's quality, on the Independent JPEG Group's scale."""

    rule: Literal["min_jpeg_quality"]
    value: Annotated[int, Strict(), Ge(1), Le(100)]


class FillLimit(PictureTerms, Limit):
    """The share of the picture's width or height that the product spans, whichever is larger."""

    unit = "share"
    rule: Literal["min_fill", "max_fill"]
    value: Part


class WhitenessLimit(PictureTerms, Limit):
    """The lowest level of any channel of the background, 255 being pure white."""

    unit = "levels"
    rule: Literal["min_whiteness"]
    value: Annotated[int, Strict(), Ge(1), Le(255)]


class Aspects(FileTerms):
    """Width over height, one of several."""

    TOLERANCE: ClassVar[float] = 0.005
    """Share by which an aspect may differ through rounding to whole pixels."""

    rule: Literal["aspect"]
    value: Annotated[tuple[Positive, ...], MinLen(1)]

    @property
    def shown(self) -> str:
        """The aspects: ``1:1, 3:4``."""
        simple = (Fraction(each).limit_denominator(SIMPLEST) for each in self.value)
        return ", ".join(f"{each.numerator}:{each.denominator}" for each in simple)

    @property
    def wanted(self) -> str:
        """The aspects."""
        return self.shown

    def allows(self, found: float) -> bool:
        """Return whether an aspect keeps the rule."""
        return any(abs(found - each) <= self.TOLERANCE * each for each in self.value)


class Formats(FileTerms, Choice):
    """What the file is, as Pillow names it."""

    rule: Literal["formats"]
    value: Annotated[tuple[Literal["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF"], ...], MinLen(1)]


class Colours(FileTerms, Choice):
    """How the file keeps colours."""

    rule: Literal["colours"]
    value: Annotated[tuple[Literal["RGB", "CMYK", "grey"], ...], MinLen(1)]


class FileCondition(FileTerms, Condition):
    """No animation, an extension that fits the content, and what says that a machine drew it."""

    rule: Literal["still", "extension_fits", "keeps_ai_label"]


class PictureCondition(PictureTerms, Condition):
    """What is not to be laid over the picture, and a background of one colour."""

    rule: Literal["plain_background", "no_text", "no_logo", "no_watermark", "no_border", "no_collage"]


class PhotoCount(ListingTerms, Limit):
    """How many photos."""

    rule: Literal["min_photos", "max_photos"]
    value: Count
    side: Count | None = None
    """px; a photo whose shorter side is smaller does not count."""

    @property
    def shown(self) -> str:
        """The number, and how large they must be."""
        return f"{self.value}" if self.side is None else f"{self.value} (>= {amount(self.side, 'px')})"


class TextLimit(ListingTerms, Limit):
    """How long a text, in characters."""

    rule: Literal["min_title", "max_title", "max_subtitle", "min_description", "max_description"]
    value: Count


class AttributeLimit(ListingTerms, Limit):
    """How many attributes of the product."""

    rule: Literal["min_attributes"]
    value: Count


class ListingCondition(ListingTerms, Condition):
    """What else a listing is to have."""

    rule: Literal["right_category", "brand", "weight", "video", "size_chart", "standard_variation"]


PhotoRule = Annotated[
    PixelLimit
    | ByteLimit
    | MegapixelLimit
    | QualityLimit
    | FillLimit
    | WhitenessLimit
    | Aspects
    | Formats
    | Colours
    | FileCondition
    | PictureCondition,
    Discriminator("rule"),
]
ListingRule = Annotated[PhotoCount | TextLimit | AttributeLimit | ListingCondition, Discriminator("rule")]
