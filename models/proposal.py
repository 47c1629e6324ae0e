"""A proposal: a listing's suggestion as programs read it. Its JSON Schema is published with the project."""

from models.fact import Evidence, Fact, FactKind
from models.suggestion import Copy, MarketplaceCopy, Question, Removed
from models.value import Value


class InBothLanguages(Value):
    """One text twice."""

    id: str
    en: str


class ProposedCategory(Value):
    """A category and how sure it is."""

    code: str
    """One of those in ``config/categories/``."""
    name: InBothLanguages
    google_id: int | None
    """In Google's product taxonomy; null where none is known."""
    google_path: str | None
    """Google's English name of it, with those above it."""
    probability: float
    """In [0, 1]."""


class ProposedQuestion(Value):
    """What to ask the seller."""

    question: Question
    about: FactKind | None
    options: tuple[str, ...]
    needed: bool
    """True where the listing cannot be published without an answer."""
    text: InBothLanguages
    hint: InBothLanguages


class Ground(Value):
    """What a field rests on."""

    evidence: tuple[Evidence, ...]
    confidence: float
    """In [0, 1]."""


class Proposal(Value):
    """A listing's words with what they rest on; what has no evidence is null and asked for."""

    schema_version: int = 1
    facts: tuple[Fact, ...]
    category: ProposedCategory | None
    guesses: tuple[ProposedCategory, ...]
    """The most probable categories, the best first."""
    price: int | None
    """In rupiah."""
    indonesian: Copy | None
    english: Copy | None
    grounds: dict[str, Ground]
    """By field: ``title``, ``description``, ``category``, ``price``."""
    marketplaces: tuple[MarketplaceCopy, ...]
    questions: tuple[ProposedQuestion, ...]
    """At most three, the most valuable first."""
    writer: str
    """``template``, or ``model`` for a language model."""
    model_failed: str | None
    """Why a language model that is configured did not write the words."""
    removed: tuple[Removed, ...]
    """Claims that no fact bears out, taken out of the words."""
    edited: tuple[str, ...]
    """Fields that a person wrote."""


class BatchFault(Value):
    """Why a line of a batch has no proposal."""

    code: str
    words: str
    """In the language that is set."""


class BatchLine(Value):
    """What became of one line of a batch: a proposal or a fault."""

    line: int
    """1 for the first."""
    id: str | int | None
    """As the line gave it."""
    proposal: Proposal | None = None
    error: BatchFault | None = None
