"""A rendition: a finished file, before and after it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from models.value import Value

READ_EVERYWHERE = frozenset({"image/jpeg", "image/png"})
"""Media types that every marketplace takes."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One encoded file of a photo."""

    name: str
    media_type: str
    width: int
    height: int
    data: bytes
    quality: int | None = None
    """That it was encoded with; ``None`` where nothing was lost."""


class StoredRendition(Value):
    """Where a rendition lies in the object store, and what it must weigh and hash to."""

    name: str
    key: str
    media_type: str
    width: int
    height: int
    bytes: int
    sha256: str
    published: bool
    """False for what only the seller and the trainer look at."""


Pictured = TypeVar("Pictured", "Rendition", "StoredRendition")


def smallest_jpeg(renditions: Iterable[Pictured]) -> Pictured | None:
    """Return the smallest file that a language model can look at."""
    shown = (each for each in renditions if each.media_type == "image/jpeg")
    return min(shown, key=lambda each: each.width * each.height, default=None)
