"""Strokes that correct a photo's cut-out."""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AllowInfNan, TypeAdapter

from models.recipe import Share
from models.value import Value

MOST_STROKES = 50
MOST_POINTS = 500


class Mark(StrEnum):
    """What a stroke says of what lies under it."""

    KEEP = "keep"
    """It is the product."""
    REMOVE = "remove"
    """It is not."""


Place = Annotated[Share, AllowInfNan(False)]


class Stroke(Value):
    """One line that was drawn without lifting the brush."""

    mark: Mark
    width: Annotated[float, Ge(0.005), Le(0.25), AllowInfNan(False)]
    """Of the brush, as a share of the photo's longer side."""
    points: Annotated[tuple[tuple[Place, Place], ...], MinLen(1), MaxLen(MOST_POINTS)]
    """Across and down, as shares of the upright photo's width and height."""


Strokes = Annotated[tuple[Stroke, ...], MaxLen(MOST_STROKES)]
"""In the order in which they were drawn: where two cross, the later one holds."""
STROKES: TypeAdapter[tuple[Stroke, ...]] = TypeAdapter(Strokes)
"""Reads and writes them as JSON."""


class Correction(Value):
    """The strokes that one photo is to be cut out with: a person's word, which no run replaces."""

    number: int
    """Of two, the later one has the higher."""
    sha256: str
    """Of the photo's bytes: another photo under its name is cut out without them."""
    strokes: Strokes
    """None: the cut-out is as it was found, again."""
    by: str
    at: datetime
    """By the catalog's clock."""


class CorrectionConflict(Exception):
    """Somebody else has drawn on the photo meanwhile; nothing has changed."""

    def __init__(self, newer: Correction) -> None:
        super().__init__(f"{newer.sha256}: drawn on by {newer.by} meanwhile")
        self.newer = newer


def mark_of(strokes: tuple[Stroke, ...]) -> str:
    """Return what a cut-out that these strokes corrected is told apart by; empty where there are none."""
    return hashlib.sha256(STROKES.dump_json(strokes)).hexdigest()[:12] if strokes else ""


def strokes_for(sha256: str, corrections: tuple[Correction, ...]) -> tuple[Stroke, ...]:
    """Return the strokes that a photo of these bytes is to be cut out with."""
    return next((one.strokes for one in corrections if one.sha256 == sha256), ())
