"""What a seller can learn from her own photos, on one page."""

from models.geometry import Box
from models.photo import Finished
from models.value import Value


class Praise(Value):
    """Something that is right on most of her photos."""

    part: str
    """Of the score."""
    good: int
    """Photos on which nothing is wrong with it."""
    of: int
    """Photos that allowed to tell."""


class Mistake(Value):
    """Something that is wrong on her photos, and that only she can mend."""

    section: str
    """Of ``config/messages``, that has its title and advice: ``defect.blur``, ``doubt.busy_background``."""
    count: int
    """Photos that have it."""
    example: Finished
    """The one that shows it best."""
    boxes: tuple[Box, ...] = ()
    """Where on that one."""


class Lesson(Value):
    """One seller's lesson."""

    seller: str
    photos: tuple[Finished, ...]
    """All that can be shown, in the order of her listings."""
    score: int
    """The mean of the photos' scores."""
    praises: tuple[Praise, ...]
    """Two at most, the surest first."""
    mistakes: tuple[Mistake, ...]
    """Two at most, the most frequent first."""
    pair: Finished | None
    """The photo that shows best what becomes of one."""
