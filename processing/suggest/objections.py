"""Objections: what a marketplace will not like in a person's own words. They are told, and change nothing."""

from collections.abc import Sequence

from config.figures import readable
from config.marketplaces import load_marketplace
from config.messages import Messages
from models.assessment import Outcome
from models.edit import EditedField
from models.marketplace import Marketplace
from models.photo import Finished
from models.suggestion import Suggestion
from models.value import Value
from processing.appraise.appraise import appraise
from processing.suggest.claims import find_claim, find_prohibited

LIMITS = {
    "min_title": EditedField.TITLE,
    "max_title": EditedField.TITLE,
    "min_description": EditedField.DESCRIPTION,
    "max_description": EditedField.DESCRIPTION,
    "right_category": EditedField.CATEGORY,
}
"""The field that a marketplace's rule on a listing is about."""
PROHIBITED = "prohibited"
"""A word that the marketplace's profile names."""


class Objection(Value):
    """One thing that somebody may object to."""

    field: EditedField
    marketplace: str | None
    """Its code; ``None`` for a claim that no marketplace should carry without evidence."""
    rule: str
    """The rule that is not kept, ``prohibited``, or ``claim``."""
    found: str
    """How long it is, or the words of the claim."""
    wanted: str = ""


def object_to(
    suggestion: Suggestion,
    fields: Sequence[EditedField],
    marketplaces: tuple[Marketplace, ...],
    photos: tuple[Finished, ...] = (),
) -> tuple[Objection, ...]:
    """Return what limits and guarded words there are against some fields of an edited suggestion."""
    limits = (
        Objection(
            field=LIMITS[verdict.rule],
            marketplace=marketplace.code,
            rule=verdict.rule,
            found=verdict.found,
            wanted=verdict.wanted,
        )
        for marketplace in marketplaces
        for verdict in appraise(marketplace, photos, suggestion).verdicts
        if verdict.outcome is Outcome.FAIL and LIMITS.get(verdict.rule) in fields
    )
    texts = ((field, _text(suggestion, field)) for field in fields)
    claims = (
        Objection(field=field, marketplace=None, rule="claim", found=claim)
        for field, text in texts
        if (claim := find_claim(text)) is not None
    )
    prohibited = (
        Objection(field=field, marketplace=marketplace.code, rule=PROHIBITED, found=found)
        for marketplace in marketplaces
        for field in fields
        if (found := find_prohibited(_text(suggestion, field), marketplace.prohibited)) is not None
    )
    return tuple(dict.fromkeys((*limits, *prohibited, *claims)))


def say_objection(objection: Objection, messages: Messages) -> str:
    """Return an objection in words."""
    if objection.marketplace is None:
        field = messages.text(f"edited_field.{objection.field}")
        return messages.text("objection.claim", field=field, claim=objection.found)
    name = load_marketplace(objection.marketplace).name
    if objection.rule == PROHIBITED:
        field = messages.text(f"edited_field.{objection.field}")
        return messages.text("objection.prohibited", marketplace=name, field=field, word=objection.found)
    rule = messages.text(f"verdict.{objection.rule}.words", value=readable(objection.wanted.lstrip("<>= ")))
    return messages.text("objection.limit", marketplace=name, rule=rule, found=objection.found)


def _text(suggestion: Suggestion, field: EditedField) -> str:
    """Return a field's words, if there are any; a category and a price make no claim."""
    if field in {EditedField.CATEGORY, EditedField.PRICE}:
        return ""
    holder = suggestion.english if field.startswith("english.") else suggestion
    if holder is None:
        return ""
    value = getattr(holder, field.rpartition(".")[2])
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(getattr(value, "value", value))
