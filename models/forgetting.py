"""What the forgetting of a seller has removed, and what still stands in its way."""

from datetime import datetime

from models.listing import ListingKey
from models.value import Value


class Outstanding(Value):
    """Something that must end before a seller can be forgotten."""

    key: ListingKey
    publisher: str | None
    """Who has not said yet that the listing is taken down; ``None`` where an upload is just being taken in."""
    error: str | None = None
    """The last failure, for engineers."""


class ForgettingReceipt(Value):
    """That a seller was forgotten, without a word of who she was."""

    code: str
    """Drawn by lot: her name could be guessed from anything that was worked out from it."""
    begun_at: datetime
    finished_at: datetime
    removed: dict[str, int]
    """How many of each: objects by the first part of their keys, such as ``raw/``, and rows by their tables."""
    unconfirmed: tuple[str, ...]
    """Publishers that were not waited for: whether they still show something of hers is not known."""


class ForgettingOutstanding(Exception):
    """A seller cannot be forgotten yet; nothing was removed."""

    def __init__(self, outstanding: tuple[Outstanding, ...]) -> None:
        super().__init__(f"{len(outstanding)} outstanding")
        self.outstanding = outstanding
