"""Marketplaces' spreadsheets for uploading many products at once: ``config/sheets/*.toml``."""

from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, MinLen

from config.presets import HERE, read_preset
from models.value import Value

FOLDER = HERE / "sheets"

Text = Annotated[str, MinLen(1)]
RowNumber = Annotated[int, Ge(1)]


class Column(Value):
    """One column of a sheet."""

    key: Text
    """As the marketplace's program knows it."""
    name: Text
    """As the seller knows it."""
    value: Literal["title", "description", "code", "price", "picture", "brand"] | None = None
    """What we write there; ``None`` for what only the seller knows. Several ``picture`` take one each."""
    required: bool = False
    """True where the marketplace refuses a product without it."""


class SheetLayout(Value):
    """Where what stands, and where we have that from."""

    source: Text
    checked: date
    grade: Literal["A", "B", "?"]
    """As in :class:`models.marketplace.Rule`."""
    sheet: Text
    key_row: RowNumber
    name_row: RowNumber
    first_row: RowNumber
    """Of the first product."""
    columns: Annotated[tuple[Column, ...], MinLen(1)]


def load_sheet_layout(marketplace: str) -> SheetLayout:
    """Return a marketplace's layout by its code. Raises PresetError."""
    return read_preset(FOLDER / f"{marketplace}.toml", SheetLayout)
