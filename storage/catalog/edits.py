"""Stores people's edits and answers; each makes a new version of the listing."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select

from models.audit import Act
from models.edit import Answer, Edit, EditConflict, EditCount, EditedField, Overrides, RecipeChoice
from models.fact import FactKind
from models.listing import ListingKey
from models.suggestion import Question
from storage.catalog.arrivals import folder_of
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.corrections import CORRECTED, standing_corrections
from storage.catalog.edit_schema import Answers, Edits
from storage.catalog.new_version import create_version, lock_listing
from storage.catalog.schema import Listings, Results
from storage.catalog.sellers import SELLING, marketplaces_in

PHOTO_ORDER = "photo_order"
"""What is in the place of a field's name where a person has put the photos in order; their files as JSON."""
RECIPE = "recipe"
"""What is there where a person has chosen one, by its name."""
BESIDE_WORDS = frozenset({PHOTO_ORDER, RECIPE})

# Made once: they are asked for with every task.
_OF_THESE = Listings.folder.in_(bindparam("folders", expanding=True))
WRITTEN = select(Listings.folder, Edits).join(Listings, Listings.id == Edits.listing_id).where(_OF_THESE)
WRITTEN = WRITTEN.order_by(Edits.id)
ANSWERED = select(Listings.folder, Answers).join(Listings, Listings.id == Answers.listing_id).where(_OF_THESE)
ANSWERED = ANSWERED.order_by(Answers.id)


def edit_listing(
    catalog: Catalog,
    key: ListingKey,
    fields: Mapping[EditedField, str | None],
    *,
    by: str,
    seen: Mapping[EditedField, str | None] | None = None,
) -> int:
    """Keep what a person wants said in some fields, ``None`` where she takes hers back; return the new version.

    The listing is due in it at once. ``seen`` is what stood in those fields when she began to write, ``None`` for
    words of ours. Where it is given, newer words of somebody else are not written over, and what stands there
    already is not kept twice, so that who has had no answer may send the same again.

    Raises LookupError for a listing that is not known, has no file any more or is just being forgotten;
    EditConflict, CatalogError.
    """
    with catalog.write() as connection:
        row = lock_listing(connection, key)
        if seen is not None:
            written = connection.execute(WRITTEN, {"folders": [folder_of(key)]}).all()
            fields = _news(fields, seen, _newest_edits(written), by)
            if not fields:
                return row.version
        now = read_clock(connection)
        connection.execute(
            insert(Edits),
            [
                {"listing_id": row.id, "field": field, "value": value, "author": by, "edited_at": now}
                for field, value in fields.items()
            ],
        )
        return create_version(connection, row, key, Act.LISTING_EDITED, by, ", ".join(sorted(fields)))


def answer_questions(catalog: Catalog, key: ListingKey, answers: Sequence[Answer], *, by: str) -> int:
    """Keep what a person answered; return the listing's new version, in which it is due at once.

    Raises LookupError as :func:`edit_listing` does; CatalogError.
    """
    with catalog.write() as connection:
        row = lock_listing(connection, key)
        now = read_clock(connection)
        connection.execute(
            insert(Answers),
            [
                {
                    "listing_id": row.id,
                    "question": answer.question,
                    "about": answer.about or "",
                    "value": answer.value,
                    "author": by,
                    "answered_at": now,
                }
                for answer in answers
            ],
        )
        questions = ", ".join(sorted({answer.question for answer in answers}))
        return create_version(connection, row, key, Act.QUESTION_ANSWERED, by, questions)


def order_photos(catalog: Catalog, key: ListingKey, files: Sequence[str], *, by: str) -> int:
    """Keep in which order a person wants the photos, the cover first; none at all takes hers back.

    Returns the listing's new version, in which it is due at once, or the one that there is where they are in that
    order already. Raises LookupError as :func:`edit_listing` does; CatalogError.
    """
    with catalog.write() as connection:
        row = lock_listing(connection, key)
        if tuple(files) == _standing_order(connection, row.id):
            return row.version
        _keep(connection, row.id, PHOTO_ORDER, _order_text(files), by)
        return create_version(connection, row, key, Act.PHOTOS_ORDERED, by, PHOTO_ORDER)


def choose_recipe(catalog: Catalog, key: ListingKey, recipe: str | None, *, by: str) -> int:
    """Keep by which recipe a person wants the photos made, ``None`` for the installation's own again.

    Returns the listing's new version, in which it is due at once, or the one that there is where that stood there
    already. Raises LookupError as :func:`edit_listing` does; CatalogError.
    """
    with catalog.write() as connection:
        row = lock_listing(connection, key)
        chosen = select(Edits).where(Edits.listing_id == row.id, Edits.field == RECIPE)
        stands = _read_recipe(connection.execute(chosen.order_by(Edits.id)).all())
        if recipe == (stands.recipe if stands else None):
            return row.version
        _keep(connection, row.id, RECIPE, recipe, by)
        return create_version(connection, row, key, Act.RECIPE_CHOSEN, by, RECIPE)


def rename_in_order(connection: Connection, listing: int, old: str, new: str, *, by: str) -> None:
    """Have a photo stay where a person put it, by its new name."""
    order = _standing_order(connection, listing)
    if old in order:
        renamed = [new if file == old else file for file in order]
        _keep(connection, listing, PHOTO_ORDER, _order_text(renamed), by)


def overrides_of(catalog: Catalog, key: ListingKey) -> Overrides:
    """Return what people have said of a listing and its seller; nothing of one that nobody knows.

    Raises CatalogError.
    """
    return overrides_of_all(catalog, [key])[key]


def overrides_of_all(catalog: Catalog, keys: Collection[ListingKey]) -> dict[ListingKey, Overrides]:
    """Return what people have said of each of these listings and its seller. Raises CatalogError."""
    folders = [folder_of(key) for key in keys]
    with catalog.read() as connection:
        edits = connection.execute(WRITTEN, {"folders": folders}).all()
        answers = connection.execute(ANSWERED, {"folders": folders}).all()
        corrected = connection.execute(CORRECTED, {"folders": folders}).all()
        selling = connection.execute(SELLING, {"folders": folders}).all()
    marketplaces = {row.folder: marketplaces_in(row) for row in selling}
    return {
        key: Overrides(
            edits=_standing([row for row in edits if row.folder == folder]),
            answers=_newest_answers([row for row in answers if row.folder == folder]),
            order=_read_order([row for row in edits if row.folder == folder]),
            corrections=standing_corrections([row for row in corrected if row.folder == folder]),
            recipe=_read_recipe([row for row in edits if row.folder == folder]),
            marketplaces=marketplaces.get(folder, ()),
        )
        for key, folder in zip(keys, folders, strict=True)
    }


def count_edits(catalog: Catalog) -> tuple[EditCount, ...]:
    """Return how often each field is edited, those of none too. Raises CatalogError."""
    newest = select(func.max(Edits.id)).group_by(Edits.listing_id, Edits.field)
    standing = (
        select(Edits.field, func.count())
        .where(Edits.id.in_(newest), Edits.value.is_not(None))
        .group_by(Edits.field)
    )
    with catalog.read() as connection:
        known = connection.execute(select(func.count(Results.listing_id.distinct()))).scalar_one()
        listings = dict(connection.execute(standing).tuples().all())
        every = select(Edits.field, func.count()).group_by(Edits.field)
        edits = dict(connection.execute(every).tuples().all())
    return tuple(
        EditCount(
            field=field,
            listings=listings.get(field, 0),
            edits=edits.get(field, 0),
            share=listings.get(field, 0) / known if known else 0.0,
        )
        for field in EditedField
    )


def _standing(rows: Sequence[Row[Any]]) -> tuple[Edit, ...]:
    """Return the newest edit of each field, without those that were taken back."""
    return tuple(edit for edit in _newest_edits(rows).values() if edit.value is not None)


def _newest_answers(rows: Sequence[Row[Any]]) -> tuple[Answer, ...]:
    answers: dict[tuple[Question, FactKind | None], Answer] = {}
    for row in rows:
        about = FactKind(row.about) if row.about else None
        answer = Answer(question=Question(row.question), about=about, value=row.value)
        # Which of two values is right is asked of one kind of fact at a time; all else has one answer.
        answers[answer.question, about if answer.question is Question.WHICH_VALUE else None] = answer
    return tuple(answers.values())


def _newest_edits(rows: Sequence[Row[Any]]) -> dict[EditedField, Edit]:
    edits = [
        Edit(field=EditedField(row.field), value=row.value, by=row.author, at=row.edited_at)
        for row in rows
        if row.field not in BESIDE_WORDS
    ]
    return {edit.field: edit for edit in edits}


def _standing_order(connection: Connection, listing: int) -> tuple[str, ...]:
    ordered = select(Edits).where(Edits.listing_id == listing, Edits.field == PHOTO_ORDER)
    return _read_order(connection.execute(ordered.order_by(Edits.id)).all())


def _read_order(rows: Sequence[Row[Any]]) -> tuple[str, ...]:
    orders = [row.value for row in rows if row.field == PHOTO_ORDER]
    return tuple(json.loads(orders[-1])) if orders and orders[-1] is not None else ()


def _read_recipe(rows: Sequence[Row[Any]]) -> RecipeChoice | None:
    chosen = [row for row in rows if row.field == RECIPE]
    if not chosen or chosen[-1].value is None:
        return None
    return RecipeChoice(recipe=chosen[-1].value, by=chosen[-1].author, at=chosen[-1].edited_at)


def _order_text(files: Sequence[str]) -> str | None:
    return json.dumps(list(files)) if files else None


def _keep(connection: Connection, listing: int, field: str, value: str | None, by: str) -> None:
    now = read_clock(connection)
    kept = {"listing_id": listing, "field": field, "value": value, "author": by, "edited_at": now}
    connection.execute(insert(Edits).values(kept))


def _news(
    fields: Mapping[EditedField, str | None],
    seen: Mapping[EditedField, str | None],
    newest: Mapping[EditedField, Edit],
    by: str,
) -> dict[EditedField, str | None]:
    """Return the fields that do not say so already. Raises EditConflict."""
    stands = {field: newest[field].value if field in newest else None for field in fields}
    news = {field: value for field, value in fields.items() if value != stands[field]}
    for field in news:
        newer = newest.get(field)
        if newer is not None and newer.by != by and newer.value != seen.get(field):
            raise EditConflict(field, newer if newer.value is not None else None)
    return news
