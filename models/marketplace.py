"""A marketplace's photo rules, each with the place and day that it was read."""

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from annotated_types import Gt, MinLen

from models.value import Value

T = TypeVar("T")


class Rule(Value, Generic[T]):
    """A rule's value and where we have it from."""

    value: T
    source: Annotated[str, MinLen(1)]
    checked: date
    grade: Literal["A", "B", "?"]
    """A: read at the owner; B: a secondary source; ?: not verified, so the check can only say ``cannot check``."""


class Marketplace(Value):
    """The rules that a photo is checked against; an absent rule is not checked."""

    code: str
    name: str
    min_width: Rule[Annotated[int, Gt(0)]] | None = None
    min_height: Rule[Annotated[int, Gt(0)]] | None = None
    max_side: Rule[Annotated[int, Gt(0)]] | None = None
    max_bytes: Rule[Annotated[int, Gt(0)]] | None = None
    aspect: Rule[Annotated[float, Gt(0)]] | None = None
    formats: Rule[tuple[Literal["JPEG", "PNG", "WEBP"], ...]] | None = None
    max_photos: Rule[Annotated[int, Gt(0)]] | None = None
    max_title: Rule[Annotated[int, Gt(0)]] | None = None
