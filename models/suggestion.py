"""What we propose for a listing, each value with the evidence that it rests on."""

from enum import StrEnum
from typing import Generic, Literal, TypeVar

from models.value import Value

T = TypeVar("T")


class Evidence(Value):
    """Where a value comes from: the seller's words, a label in the photo, or the pixels."""

    source: Literal["note", "label", "pixels"]
    quote: str
    """The words or figure that it rests on, as found."""


class Suggested(Value, Generic[T]):
    """A value with its evidence."""

    value: T
    evidence: tuple[Evidence, ...]
    confidence: float
    """In [0, 1]."""


class Question(StrEnum):
    """What we must ask the seller, because nothing she sent says it; each has its text in ``config/messages``."""

    WHAT_IS_IT = "what_is_it"
    WHICH_CATEGORY = "which_category"
    WHAT_PRICE = "what_price"


class Suggestion(Value):
    """A listing's words; what has no evidence is absent and asked for."""

    title: Suggested[str] | None
    category: Suggested[str] | None
    """A category's code in ``config/categories.toml``."""
    price: Suggested[int] | None
    """In rupiah."""
    description: Suggested[str] | None
    questions: tuple[Question, ...]
