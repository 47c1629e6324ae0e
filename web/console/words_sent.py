"""What the listing's page sends of a field that somebody writes."""

import re
import unicodedata
from typing import Annotated

from annotated_types import MaxLen
from fastapi import HTTPException
from pydantic import ValidationError

from config.categories import load_categories
from models.edit import EditedField
from models.value import Value

MOST = {
    EditedField.TITLE: 500,
    EditedField.ENGLISH_TITLE: 500,
    EditedField.DESCRIPTION: 10_000,
    EditedField.ENGLISH_DESCRIPTION: 10_000,
}
"""Characters; far more than any marketplace takes, so that what is too long there is told and not lost."""
OTHERS_MOST = 2_000
PRICE = re.compile(r"(?:Rp\.?)?([1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,11})", re.IGNORECASE)
"""Digits, or thousands parted by dots."""


class WordsSent(Value):
    """One field, and what stood there when she began."""

    field: EditedField
    value: Annotated[str, MaxLen(20_000)] | None
    """``None``: our words again."""
    seen: Annotated[str, MaxLen(20_000)] | None
    """A person's words that she saw there, ``None`` for ours."""


class Unusable(Exception):
    """What was written cannot be kept; ``problem`` names the text that says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def read_words(body: object) -> WordsSent:
    """Return what was sent. Raises HTTPException 422 for anything else."""
    try:
        return WordsSent.model_validate(body)
    except ValidationError:
        raise HTTPException(422) from None


def one_line(text: str) -> str:
    """Return a text without line breaks and invisible signs."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def clean(field: EditedField, value: str) -> str:
    """Return a value as it is kept. Raises Unusable."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"}
    ).strip()
    if not text:
        raise Unusable("empty")
    if len(text) > MOST.get(field, OTHERS_MOST):
        raise Unusable("too_long")
    if field is EditedField.CATEGORY and text not in load_categories():
        raise Unusable("category")
    if field is EditedField.PRICE:
        figure = PRICE.fullmatch(text.replace(" ", ""))
        if figure is None:
            raise Unusable("price")
        return figure[1].replace(".", "")
    return text
