"""A marketplace's own words: within its limits, and in its fields."""

from collections.abc import Iterator
from dataclasses import replace

from config.copy import load_copy
from config.messages import Language
from config.presets import preset_names
from config.sheets import FOLDER, SheetLayout, load_sheet_layout
from models.fact import FactKind
from models.marketplace import Marketplace
from models.suggestion import Copy, MarketplaceCopy
from processing.suggest.claims import find_phrase, find_prohibited
from processing.suggest.guard import guard
from processing.suggest.known import Known
from processing.suggest.write.feature import told
from processing.suggest.write.limits import lengths_of
from processing.suggest.write.value import tell
from processing.suggest.write.write import write

NO_ATTRIBUTE = frozenset({FactKind.PRICE, FactKind.PROPORTION, FactKind.HALAL})
"""Kinds that have a field of their own everywhere, or none."""


def write_for(marketplace: Marketplace, known: Known, draft: Copy | None) -> MarketplaceCopy:
    """Return title, description and attributes for one marketplace, in its language.

    Parameters
    ----------
    draft
        Words of another writer that the guard has let through: they stand where they keep the limits.
    """
    language: Language = marketplace.language
    lengths = lengths_of(marketplace)
    prohibited = marketplace.prohibited
    known = replace(known, name=_without(known.name or "", prohibited) or None)
    ours, _ = guard(write(known, language, lengths), known, prohibited)
    if draft is not None:
        draft, _ = guard(draft, known, prohibited)
    title, description = ours.title, ours.description
    if draft is not None and lengths.least_title <= len(draft.title) <= lengths.most_title:
        title = draft.title
    if draft is not None and 0 < len(draft.description) <= lengths.most_description:
        description = draft.description
    layout = load_sheet_layout(marketplace.code) if marketplace.code in preset_names(FOLDER) else None
    return MarketplaceCopy(
        marketplace=marketplace.code,
        title=title,
        description=description,
        attributes=dict(_attributes(known, marketplace)),
        missing=tuple(_missing(layout, known, title)) if layout else (),
    )


def _without(name: str, prohibited: tuple[str, ...]) -> str:
    """Return a name without what a marketplace prohibits; empty where nothing is left."""
    words, kept, place = name.split(), list[str](), 0
    while place < len(words):
        lengths = range(len(words) - place, 0, -1)
        found = (one for one in lengths if find_phrase(" ".join(words[place : place + one]), prohibited))
        length = next(found, 0)
        kept += words[place : place + 1] if not length else []
        place += length or 1
    return " ".join(kept)


def _attributes(known: Known, marketplace: Marketplace) -> Iterator[tuple[str, str]]:
    """Yield each field with what is known: by the marketplace's name for it, or by ours."""
    labels = load_copy(marketplace.language).labels
    for kind in FactKind:
        values = tuple(dict.fromkeys(tell(fact, marketplace.language) for fact in told(known, kind)))
        values = tuple(value for value in values if not find_prohibited(value, marketplace.prohibited))
        if values and kind not in NO_ATTRIBUTE:
            yield marketplace.fields.get(kind, labels[kind]), ", ".join(values)


def _missing(layout: SheetLayout, known: Known, title: str) -> Iterator[str]:
    """Yield the required columns that stay empty. A parcel's weight is more than the goods': she weighs it."""
    answered = {
        "code": True,
        "picture": True,
        "title": bool(title),
        "description": bool(title),
        "price": bool(known.of(FactKind.PRICE)),
        "brand": bool(known.of(FactKind.BRAND)),
    }
    for column in layout.columns:
        if column.required and not (column.value and answered[column.value]):
            yield column.name
