"""``etalase edit``: a person's own words in the place of ours, for good."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import WRONG_USE, fail, results, settings_in_force
from cli.listing_name import read_listing
from cli.person import By, person
from cli.ready import ready_catalog
from cli.review import say_no_such_listing
from cli.words import words
from models.edit import EditedField

if TYPE_CHECKING:
    from models.listing import ListingKey
    from processing.suggest.objections import Objection
    from storage.catalog.connection import Catalog


def _words_of(field: EditedField) -> typer.models.OptionInfo:
    name = field.value.replace(".", "-").replace("_", "-")
    hint = f", {words.text('cli.edit.commas')}" if name.endswith("keywords") else ""
    return typer.Option(f"--{name}", help=f"{words.text(f'edited_field.{field}')}{hint}")  # type: ignore[no-any-return]


def edit(
    listing: Annotated[str, typer.Argument(help=words.text("cli.approve.listing"))],
    title: Annotated[str | None, _words_of(EditedField.TITLE)] = None,
    description: Annotated[str | None, _words_of(EditedField.DESCRIPTION)] = None,
    keywords: Annotated[str | None, _words_of(EditedField.KEYWORDS)] = None,
    alt_text: Annotated[str | None, _words_of(EditedField.ALT_TEXT)] = None,
    english_title: Annotated[str | None, _words_of(EditedField.ENGLISH_TITLE)] = None,
    english_description: Annotated[str | None, _words_of(EditedField.ENGLISH_DESCRIPTION)] = None,
    english_keywords: Annotated[str | None, _words_of(EditedField.ENGLISH_KEYWORDS)] = None,
    english_alt_text: Annotated[str | None, _words_of(EditedField.ENGLISH_ALT_TEXT)] = None,
    category: Annotated[str | None, _words_of(EditedField.CATEGORY)] = None,
    price: Annotated[int | None, typer.Option(help=words.text("edited_field.price"), min=1)] = None,
    undo: Annotated[list[EditedField] | None, typer.Option(help=words.text("cli.edit.undo"))] = None,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Keep what a person wants a listing to say; whatever a marketplace will not like is told, and kept."""
    from storage.catalog.edits import edit_listing

    given = (
        title,
        description,
        keywords,
        alt_text,
        english_title,
        english_description,
        english_keywords,
        english_alt_text,
        None if category is None else _code_of(category),
        None if price is None else str(price),
    )
    fields = {field: value for field, value in zip(EditedField, given, strict=True) if value is not None}
    if any(not value.strip() for value in fields.values()):
        fail(words.text("cli.edit.empty"), WRONG_USE)
    if not (fields or undo) or set(fields) & set(undo or ()):
        fail(words.text("cli.edit.nothing"), WRONG_USE)
    key, catalog = read_listing(listing), ready_catalog(settings_in_force())
    try:
        version = edit_listing(catalog, key, {**fields, **dict.fromkeys(undo or (), None)}, by=person(by))
    except LookupError:
        say_no_such_listing(key)
    objections = _objections(catalog, key, tuple(fields))
    if as_json:
        told = [objection.model_dump(mode="json") for objection in objections]
        results.print_json(data={**key.model_dump(), "version": version, "objections": told})
        return
    results.print(words.text("cli.edit.done", listing=key, version=version))
    for objection in objections:
        results.print(_in_words(objection))


def _code_of(category: str) -> str:
    """Return the code of a category by its code or by its name in either language."""
    from config.categories import load_categories

    said = category.strip().casefold()
    names = {code: {code, known.id.casefold(), known.en.casefold()} for code, known in load_categories().items()}
    found = next((code for code, called in names.items() if said in called), None)
    return found or fail(words.text("cli.edit.unknown_category", category=category), WRONG_USE)


def _objections(catalog: "Catalog", key: "ListingKey", fields: tuple[EditedField, ...]) -> "tuple[Objection, ...]":
    from config.marketplaces import load_marketplace
    from processing.suggest.edited import apply_edits
    from processing.suggest.objections import object_to
    from storage.catalog.edits import what_was_said
    from storage.catalog.reading import newest_result

    result = newest_result(catalog, key)
    if result is None:
        return ()
    marketplaces = tuple(load_marketplace(code) for code in settings_in_force().marketplaces)
    edited = apply_edits(result.suggestion, what_was_said(catalog, key).edits, marketplaces)
    return object_to(edited, fields, marketplaces, result.finished)


def _in_words(objection: "Objection") -> str:
    from config.figures import readable
    from config.marketplaces import load_marketplace

    if objection.marketplace is None:
        field = words.text(f"edited_field.{objection.field}")
        return words.text("cli.edit.claim", field=field, claim=objection.found)
    name = load_marketplace(objection.marketplace).name
    rule = words.text(f"verdict.{objection.rule}.words", value=readable(objection.wanted))
    return words.text("cli.edit.limit", marketplace=name, rule=rule, found=objection.found)
