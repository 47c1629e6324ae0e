"""The note that a seller wrote beside her photos."""

from enum import StrEnum
from typing import Annotated

from annotated_types import Ge

from models.value import Value


class SellerNote(Value):
    """Her words, as she typed them, and the price where she gave it apart."""

    words: str = ""
    price: Annotated[int, Ge(0)] | None = None
    """In rupiah."""


class NoteProblem(StrEnum):
    """Why a note cannot be read; each has its text in ``config/messages``."""

    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    WRONG_FIELDS = "wrong_fields"
    MISSING = "missing"


class NoteUnreadable(Exception):
    """A note that cannot be read, with its problem; ``detail`` is for engineers, the problem's text for people."""

    def __init__(self, problem: NoteProblem, detail: str = "") -> None:
        super().__init__(f"{problem.value}: {detail}" if detail else problem.value)
        self.problem = problem
        self.detail = detail

    def __reduce__(self) -> tuple[type["NoteUnreadable"], tuple[NoteProblem, str]]:
        return type(self), (self.problem, self.detail)
