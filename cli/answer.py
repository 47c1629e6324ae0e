"""``etalase answer``: a person's answer to a question, from which a listing's words are made anew."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import WRONG_USE, fail, results, settings_in_force
from cli.listing_name import read_listing
from cli.person import By, person
from cli.ready import ready_catalog
from cli.review import newest, say_no_such_listing
from cli.words import words
from models.fact import FactKind
from models.suggestion import Question

if TYPE_CHECKING:
    from storage.catalog.reading import ListingRow


def answer(
    listing: Annotated[str, typer.Argument(help=words.text("cli.approve.listing"))],
    question: Annotated[Question, typer.Argument(help=words.text("cli.answer.question"))],
    value: Annotated[list[str], typer.Argument(help=words.text("cli.answer.value"))],
    about: Annotated[FactKind | None, typer.Option(help=words.text("cli.answer.about"))] = None,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Keep an answer; the listing is due again."""
    from models.edit import Answer
    from storage.catalog.edits import answer_questions

    key, catalog = read_listing(listing), ready_catalog(settings_in_force())
    said = " ".join(value).strip()
    if not said:
        fail(words.text("cli.edit.empty"), WRONG_USE)
    given = Answer(question=question, about=about or _about(newest(catalog, key), question), value=said)
    try:
        version = answer_questions(catalog, key, [given], by=person(by))
    except LookupError:
        say_no_such_listing(key)
    if as_json:
        results.print_json(data={**key.model_dump(), "version": version, **given.model_dump(mode="json")})
    else:
        results.print(words.text("cli.answer.done", listing=key, version=version))


def _about(row: "ListingRow", question: Question) -> FactKind | None:
    """Return the kind of fact that the question was about; where it was asked about several, one must be named."""
    asked = row.result.suggestion.questions if row.result else ()
    kinds = {each.about for each in asked if each.question is question}
    if len(kinds) > 1:
        named = ", ".join(sorted(kind for kind in kinds if kind))
        fail(words.text("cli.answer.say_about", kinds=named), WRONG_USE)
    return kinds.pop() if kinds else None
