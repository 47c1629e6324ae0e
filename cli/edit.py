"""``etalase edit``: a person's own words in the place of ours, for good."""

from typing import Annotated

import typer

from cli.console import WRONG_USE, fail, results, settings_in_force
from cli.listing_name import read_listing
from cli.person import By, person
from cli.ready import ready_catalog
from cli.review import say_no_such_listing
from cli.words import words
from models.edit import EditedField


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
    from flows.editing import objections_to
    from processing.suggest.objections import say_objection
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
    settings = settings_in_force()
    objections = objections_to(catalog, key, tuple(fields), settings.marketplaces)
    if as_json:
        told = [objection.model_dump(mode="json") for objection in objections]
        results.print_json(data={**key.model_dump(), "version": version, "objections": told})
        return
    results.print(words.text("cli.edit.done", listing=key, version=version))
    for objection in objections:
        results.print(say_objection(objection, words))


def _code_of(category: str) -> str:
    """Return the code of a category by its code or by its name in either language."""
    from config.categories import load_categories

    said = category.strip().casefold()
    names = {code: {code, known.id.casefold(), known.en.casefold()} for code, known in load_categories().items()}
    found = next((code for code, called in names.items() if said in called), None)
    return found or fail(words.text("cli.edit.unknown_category", category=category), WRONG_USE)
