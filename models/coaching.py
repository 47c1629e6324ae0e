"""Coaching links, by which an expert joins a listing's page, and what both sides say and point at."""

import unicodedata
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from annotated_types import Ge, Le
from pydantic import AfterValidator, AllowInfNan, StringConstraints, model_validator

from models.listing import ListingKey
from models.value import Value

MOST_LETTERS = 200
"""Characters of a remark's words."""
MOST_NAME = 40
"""Characters of a name."""
MOST_REMARKS = 200
"""With words, by one link."""
MOST_KEPT = 100
"""Remarks of one link; older ones are gone."""


class Side(StrEnum):
    """From where somebody takes part; each has its text in ``config/messages``."""

    HOST = "host"
    """Signed in, at the seller's centre."""
    GUEST = "guest"
    """By the link."""


class Stage(StrEnum):
    """Which of a photo's two pictures."""

    BEFORE = "before"
    AFTER = "after"


def one_line(text: str) -> str:
    """Return text as one line: each run of spaces and line ends is a space, and nothing that controls stays."""
    kept = (" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in kept if unicodedata.category(letter) not in {"Cc", "Cs"}).split())


class Shown(Value):
    """One picture of one photo."""

    photo: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    """SHA-256 of the photo's bytes."""
    stage: Stage


Share = Annotated[float, Ge(0.0), Le(1.0), AllowInfNan(False)]


class Spot(Value):
    """A place on a picture."""

    shown: Shown
    across: Share
    """Of the picture's width, from the left."""
    down: Share
    """Of its height, from above."""


class Saying(Value):
    """What somebody says: a place, words, or both."""

    side: Side
    name: Annotated[str, AfterValidator(one_line), StringConstraints(min_length=1, max_length=MOST_NAME)]
    word: Annotated[str, AfterValidator(one_line), StringConstraints(max_length=MOST_LETTERS)] = ""
    spot: Spot | None = None
    sender_key: Annotated[str, StringConstraints(pattern="^[A-Za-z0-9_-]{8,64}$")]
    """Drawn by the sender: said again under the same key, it is the same remark."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.word and self.spot is None:
            raise ValueError("a remark has a place or words")
        return self


class Remark(Value):
    """What was said, as it is kept."""

    id: int
    """Of two, the later one has the higher."""
    side: Side
    name: str
    word: str
    spot: Spot | None
    at: datetime
    """By the catalog's clock."""


class CoachLink(Value):
    """A link that lets whoever has it join one listing's page, for a while, and nothing else."""

    id: int
    key: ListingKey
    made_by: str
    expires_at: datetime


class Seen(Value):
    """What both sides see beside the photos."""

    remarks: tuple[Remark, ...]
    """The oldest first."""
    turn: int
    """How often somebody has turned to another picture."""
    shown: Shown | None
    """The picture that was turned to last; ``None`` where nobody has turned."""


class CoachRefusal(StrEnum):
    """Why a remark is not taken; each has its text in ``config/messages``."""

    TOO_FAST = "too_fast"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    NO_NAME = "no_name"


class CoachRefused(Exception):
    """A remark is not taken."""

    def __init__(self, refusal: CoachRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class CoachingOver(Exception):
    """The link is withdrawn, replaced or expired, or its seller is to be forgotten."""
