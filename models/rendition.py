"""A finished file, before and after it is stored."""

from dataclasses import dataclass

from models.value import Value


@dataclass(frozen=True, slots=True)
class Rendition:
    """One encoded file of a photo."""

    name: str
    media_type: str
    width: int
    height: int
    data: bytes


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
