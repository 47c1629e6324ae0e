"""Proposes a listing's words: facts, a language model's draft if one is set, a person's edits above both."""

import asyncio
import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from config.categories import load_categories
from drafting.draft_cache import DraftCache
from models.draft import Brief, Draft, DraftFailed
from models.edit import NO_OVERRIDES, EditedField, Overrides
from models.fact import FactKind
from models.marketplace import Marketplace
from models.note import SellerNote
from models.photo import Finished
from models.suggestion import Question, Suggestion
from processing.suggest.edited import apply_edits
from processing.suggest.facts.contact import find_contacts
from processing.suggest.mention import blank
from processing.suggest.suggest import suggest

if TYPE_CHECKING:
    from drafting.drafter import Drafter

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Material:
    """What a listing's words are made from."""

    note: SellerNote
    photos: tuple[Finished, ...] = ()
    overrides: Overrides = NO_OVERRIDES
    """What people have said of it since."""
    picture: Callable[[], bytes | None] = field(default=lambda: None)
    """Reads a small JPEG of the product, for a model that sees; raises StoreError."""


async def propose(
    material: Material,
    marketplaces: tuple[Marketplace, ...],
    drafter: "Drafter | None" = None,
    cache: DraftCache | None = None,
) -> Suggestion:
    """Return a listing's words. Where a model fails, our own stand and say why; a person's stand above both.

    Raises StoreError where the picture or the cache cannot be had.
    """
    answers = _answers(material.overrides)
    write = functools.partial(suggest, material.note, material.photos, marketplaces, answers=answers)
    written = await asyncio.to_thread(write)
    if drafter is not None and written.title is not None:
        try:
            draft = await _draft(drafter, material, written, cache)
        except DraftFailed as failed:
            log.warning("our own words stand, the language model wrote none: %s", failed)
            written = written.model_copy(update={"model_failed": failed.failure.value})
        else:
            written = await asyncio.to_thread(write, draft={"id": draft.indonesian, "en": draft.english})
    return apply_edits(written, material.overrides.edits, marketplaces)


def _answers(overrides: Overrides) -> dict[Question, str]:
    """Return her answers, and what she wrote herself where a question asks for just that."""
    answers: dict[Question, str] = {}
    for answer in overrides.answers:
        # Which of two values is right may have been asked of several kinds of fact.
        before = f"{answers[answer.question]}\n" if answer.question in answers else ""
        answers[answer.question] = f"{before}{answer.value}"
    asked = {EditedField.PRICE: Question.WHAT_PRICE, EditedField.CATEGORY: Question.WHICH_CATEGORY}
    edited = {asked[edit.field]: edit.value for edit in overrides.edits if edit.field in asked and edit.value}
    return answers | edited


async def _draft(drafter: "Drafter", material: Material, written: Suggestion, cache: DraftCache | None) -> Draft:
    brief = _brief(material.note, written)
    picture = await asyncio.to_thread(material.picture) if drafter.address.sees else None
    content = drafter.content(brief, picture)
    if cache is not None and (kept := await asyncio.to_thread(cache.get, content)) is not None:
        return kept
    draft = await drafter.draft(brief, picture)
    if cache is not None:
        await asyncio.to_thread(cache.put, content, draft)
    return draft


def _doubted(written: Suggestion) -> set[FactKind | None]:
    return {asked.about for asked in written.questions if asked.question is Question.WHICH_VALUE}


def _brief(note: SellerNote, written: Suggestion) -> Brief:
    category = load_categories()[written.category.value] if written.category else None
    return Brief(
        product=written.title.value if written.title else None,
        category=f"{category.id} / {category.en}" if category else None,
        # What is in doubt is asked, and a price has a field of its own.
        facts=tuple(fact for fact in written.facts if fact.kind not in {FactKind.PRICE, *_doubted(written)}),
        # Nobody outside is told how to reach her.
        note=" ".join(blank(note.words, find_contacts(note.words)).split()),
    )
