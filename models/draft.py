"""A language model's draft of a listing, before the guard has checked it."""

from enum import StrEnum

from models.fact import Fact
from models.suggestion import Copy
from models.value import Value


class Brief(Value):
    """All that a language model is told of a listing."""

    product: str | None
    """What it is, in her own words; ``None`` where nothing says it."""
    category: str | None
    """Its category's name in Indonesian and English; ``None`` where no guess is sure enough."""
    facts: tuple[Fact, ...]
    note: str
    """Her words, without what leads to her."""


class Draft(Value):
    """A listing's words in both languages."""

    indonesian: Copy
    english: Copy


class DraftFailure(StrEnum):
    """Why there is no draft; each has its text in ``config/messages``."""

    TIMEOUT = "timeout"
    """No answer in time, however often it was asked."""
    BUSY = "busy"
    """It asked to be left alone."""
    BROKEN = "broken"
    """It says that something is wrong with itself."""
    UNREACHABLE = "unreachable"
    """Nobody answers at its address."""
    REFUSED = "refused"
    """It will not take the request: a wrong key, an unknown model, too long a note."""
    NOT_AS_ASKED = "not_as_asked"
    """What it wrote is not of the form that was asked for, the second time either."""
    OVER_BUDGET = "over_budget"
    """It would have taken more tokens than a listing may cost."""
    UNEXPECTED = "unexpected"
    """A fault of ours, or of the package that speaks to it."""


class DraftFailed(Exception):
    """There is no draft. ``detail`` is for engineers, and has no key and none of her words."""

    def __init__(self, failure: DraftFailure, detail: str = "") -> None:
        super().__init__(f"{failure.value}: {detail}" if detail else failure.value)
        self.failure = failure
