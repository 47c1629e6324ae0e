"""A suggestion: the proposed words of a listing, each with its evidence."""

from enum import StrEnum
from typing import Generic, Literal, TypeVar

from models.fact import Evidence, Fact, FactKind
from models.value import Value

T = TypeVar("T")


class Suggested(Value, Generic[T]):
    """A value with its evidence."""

    value: T
    evidence: tuple[Evidence, ...]
    confidence: float
    """In [0, 1]."""


class Guess(Value):
    """A category that a listing may belong to."""

    category: str
    """Its code in ``config/categories``."""
    probability: float


class Question(StrEnum):
    """What we ask the seller, because nothing that she sent says it, or two things say different things.

    Each has its text in ``config/messages``.
    """

    WHAT_IS_IT = "what_is_it"
    WHICH_CATEGORY = "which_category"
    WHAT_PRICE = "what_price"
    WHICH_VALUE = "which_value"
    """Two sources contradict each other: which is right?"""
    HOW_MUCH = "how_much"
    """Weight, volume or number of pieces: what buyers of such goods ask first."""
    WHICH_SIZE = "which_size"
    WHICH_MATERIAL = "which_material"
    WHICH_FLAVOUR = "which_flavour"


class Asked(Value):
    """One question, which can be answered with a tap or a word."""

    question: Question
    about: FactKind | None = None
    """The kind of fact that an answer gives."""
    options: tuple[str, ...] = ()
    """Answers to choose from; she may always write another."""
    needed: bool
    """True where the listing cannot be published without an answer."""


class Copy(Value):
    """The words of a listing in one language."""

    title: str
    description: str
    """Paragraphs parted by an empty line, and a list of facts, a line each."""
    keywords: tuple[str, ...]
    """What buyers type, the most telling first, in lower case."""
    alt_text: str
    """The picture in one sentence, for who cannot see it."""


class MarketplaceCopy(Value):
    """What a marketplace's own limits and fields make of the words."""

    marketplace: str
    """Its code."""
    title: str
    description: str
    attributes: dict[str, str]
    """Value by the name of the marketplace's field, as far as facts give one."""
    missing: tuple[str, ...] = ()
    """Fields that it requires and no fact answers."""


class Removed(Value):
    """A claim that no fact bears out, taken out of the words."""

    field: str
    """``title``, ``description``, ``keywords`` or ``alt_text``."""
    claim: str
    """The words, as they were written."""


class Suggestion(Value):
    """A listing's words; what has no evidence is absent and asked for."""

    facts: tuple[Fact, ...] = ()
    title: Suggested[str] | None
    """In Indonesian, as :attr:`description`, :attr:`keywords` and :attr:`alt_text`."""
    category: Suggested[str] | None
    """A category's code in ``config/categories``; ``None`` where no guess is sure enough."""
    guesses: tuple[Guess, ...] = ()
    """The three most probable categories, the best first."""
    price: Suggested[int] | None
    """In rupiah."""
    description: Suggested[str] | None
    keywords: tuple[str, ...] = ()
    alt_text: str | None = None
    english: Copy | None = None
    marketplaces: tuple[MarketplaceCopy, ...] = ()
    questions: tuple[Asked, ...]
    """At most three, the most valuable first."""
    writer: Literal["template", "model"] = "template"
    """Who wrote the words: our templates, or a language model whose words the guard let through."""
    model_failed: str | None = None
    """Why a language model that is configured did not write them."""
    removed: tuple[Removed, ...] = ()
    """What the guard took out."""
    edited: tuple[str, ...] = ()
    """Fields that a person wrote, which no run changes."""
