"""A person's edits and answers on a listing, which override what our writers and settings say."""

from datetime import datetime
from enum import StrEnum

from models.fact import FactKind
from models.strokes import Correction
from models.suggestion import Question
from models.value import Value


class EditedField(StrEnum):
    """What a person may write herself; each has its name in ``config/messages``."""

    TITLE = "title"
    DESCRIPTION = "description"
    KEYWORDS = "keywords"
    """With commas between."""
    ALT_TEXT = "alt_text"
    ENGLISH_TITLE = "english.title"
    ENGLISH_DESCRIPTION = "english.description"
    ENGLISH_KEYWORDS = "english.keywords"
    ENGLISH_ALT_TEXT = "english.alt_text"
    CATEGORY = "category"
    """A category's code."""
    PRICE = "price"
    """In rupiah, plain digits."""


class Edit(Value):
    """One field as a person wants it, or wants it no longer."""

    field: EditedField
    value: str | None
    """``None``: what our writers say is right again."""
    by: str
    at: datetime
    """By the catalog's clock."""


class EditConflict(Exception):
    """Somebody else has written the field meanwhile; nothing has changed."""

    def __init__(self, field: EditedField, newer: Edit | None) -> None:
        super().__init__(f"{field}: {f'written by {newer.by}' if newer else 'taken back'} meanwhile")
        self.field = field
        self.newer = newer
        """``None`` where hers was taken back."""


class Answer(Value):
    """What a person answered to a question."""

    question: Question
    about: FactKind | None = None
    """The kind of fact that it gives, as the question said."""
    value: str


class RecipeChoice(Value):
    """Which recipe a person wants a listing's photos made by."""

    recipe: str
    """Its name."""
    by: str
    at: datetime
    """By the catalog's clock."""


class Overrides(Value):
    """What people have said of a listing, the newest of each field and question, and where its seller sells."""

    edits: tuple[Edit, ...] = ()
    """Without those that were taken back."""
    answers: tuple[Answer, ...] = ()
    order: tuple[str, ...] = ()
    """The photos' files as a person put them, the cover first; empty where nobody has, or no longer wants to."""
    corrections: tuple[Correction, ...] = ()
    """The newest of each photo, without those that were taken back."""
    recipe: RecipeChoice | None = None
    """``None``: the installation's own."""
    marketplaces: tuple[str, ...] = ()
    """Where its seller sells, by their codes; empty for those of the installation."""


NO_OVERRIDES = Overrides()
"""Of a listing of which nobody has said anything."""


class EditCount(Value):
    """How often a field is edited."""

    field: EditedField
    listings: int
    """In which it stands as a person wrote it."""
    edits: int
    """All that were ever made, those too that a later one replaced."""
    share: float
    """In [0, 1]: ``listings`` of all listings that have a result."""
