"""Edited: a person's own words take the place of ours, as she wrote them."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from config.sheets import load_sheet_layout
from models.edit import Edit, EditedField
from models.fact import Evidence
from models.marketplace import Marketplace
from models.suggestion import Copy, MarketplaceCopy, Question, Suggested, Suggestion

T = TypeVar("T")

SETTLES = {
    EditedField.TITLE: Question.WHAT_IS_IT,
    EditedField.CATEGORY: Question.WHICH_CATEGORY,
    EditedField.PRICE: Question.WHAT_PRICE,
}
"""The question that needs no answer any more."""
ENGLISH = "english."
NOTHING = Copy(title="", description="", keywords=(), alt_text="")


def apply_edits(
    suggestion: Suggestion, edits: Sequence[Edit], marketplaces: tuple[Marketplace, ...] = ()
) -> Suggestion:
    """Return a suggestion with what a person wrote in the place of what we wrote, neither cut nor corrected.

    Her title and description go to each of the ``marketplaces`` whose listings are in their language. A field that
    she took back keeps our words. Raises ValueError for a price that is no figure.
    """
    values = {edit.field: edit.value for edit in edits if edit.value is not None}
    if not values:
        return suggestion
    update: dict[str, object] = {"edited": tuple(field for field in EditedField if field in values)}
    english: dict[str, object] = {}
    for field, value in values.items():
        if field.startswith(ENGLISH):
            english[field.removeprefix(ENGLISH)] = _split(value) if field.endswith("keywords") else value
        elif field is EditedField.KEYWORDS:
            update["keywords"] = _split(value)
        elif field is EditedField.ALT_TEXT:
            update["alt_text"] = value
        elif field is EditedField.PRICE:
            update["price"] = Suggested[int](value=int(value), evidence=_hers(value), confidence=1.0)
        else:
            update[field.value] = Suggested[str](value=value, evidence=_hers(value), confidence=1.0)
    if english:
        update["english"] = (suggestion.english or NOTHING).model_copy(update=english)
    english_ones = {market.code for market in marketplaces if market.language == "en"}
    update["marketplaces"] = tuple(
        _with(
            copy,
            _text(values, ENGLISH if copy.marketplace in english_ones else ""),
            priced=EditedField.PRICE in values,
        )
        for copy in suggestion.marketplaces
    )
    settled = {SETTLES[field] for field in values if field in SETTLES}
    update["questions"] = tuple(asked for asked in suggestion.questions if asked.question not in settled)
    return suggestion.model_copy(update=update)


def _with(copy: MarketplaceCopy, hers: Mapping[str, str], *, priced: bool) -> MarketplaceCopy:
    """Return a marketplace's copy with her words; columns that they or her price fill are not missing any more."""
    missing = copy.missing
    # A sheet has the title for a description where there is none.
    filled = {*hers, *({"description"} if "title" in hers else ()), *({"price"} if priced else ())}
    if filled and missing:
        columns = load_sheet_layout(copy.marketplace).columns
        told = {column.name for column in columns if column.value in filled}
        missing = tuple(name for name in missing if name not in told)
    return copy.model_copy(update={**hers, "missing": missing})


def _text(values: Mapping[EditedField, str], language: str) -> dict[str, str]:
    """Return her title and description in a language, as far as she wrote them."""
    wanted = {name: f"{language}{name}" for name in ("title", "description")}
    return {name: values[EditedField(field)] for name, field in wanted.items() if field in values}


def _split(keywords: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in keywords.split(",") if word.strip())


def _hers(value: str) -> tuple[Evidence, ...]:
    return (Evidence(source="answer", quote=value),)
