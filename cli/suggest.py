"""``etalase suggest``: a listing's words with what they rest on, of the catalog or of a note alone."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import FAILED, WRONG_USE, fail, results, settings_in_force
from cli.words import words

if TYPE_CHECKING:
    from models.suggestion import Suggestion


def suggest(
    listing: Annotated[str | None, typer.Argument(help=words.text("cli.suggest.listing"))] = None,
    note: Annotated[str | None, typer.Option(help=words.text("cli.suggest.note"))] = None,
    photo: Annotated[
        Path | None, typer.Option(help=words.text("cli.suggest.photo"), exists=True, dir_okay=False)
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(help=words.text("cli.suggest.batch"), exists=True, dir_okay=False)
    ] = None,
    schema: Annotated[bool, typer.Option("--schema", help=words.text("cli.suggest.schema"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Show the words that we suggest for a listing, or for a note; or write them for many notes, a line each."""
    if sum((listing is not None, note is not None, batch is not None, schema)) != 1 or (photo and note is None):
        fail(words.text("cli.suggest.choose"), WRONG_USE)
    if schema:
        from models.proposal import Proposal

        results.print(json.dumps(Proposal.model_json_schema(), ensure_ascii=False, indent=2))
    elif batch is not None:
        from cli.suggest_batch import suggest_batch

        if not suggest_batch(batch):
            raise typer.Exit(FAILED)
    elif note is not None:
        _show(_of_note(note, photo), as_json=as_json)
    else:
        made = _of_listing(str(listing))
        _show(made, as_json=as_json)
        if made.questions and not as_json:
            code = made.questions[0].question
            results.print(words.text("cli.suggest.how_to_answer", listing=listing, code=code))


def _of_listing(name: str) -> "Suggestion":
    from cli.listing_name import read_listing
    from cli.ready import ready_catalog
    from cli.review import newest

    key = read_listing(name)
    row = newest(ready_catalog(settings_in_force()), key)
    if row.result is None:
        fail(words.text("cli.suggest.not_yet", listing=key))
    return row.result.suggestion


def _of_note(note: str, photo: Path | None) -> "Suggestion":
    from cli.console import say_refused
    from cli.suggesting import Suggester
    from models.note import NoteUnreadable
    from models.rejection import PhotoRejected

    try:
        return Suggester(settings_in_force()).suggest(note, photo=photo)
    except NoteUnreadable as fault:
        fail(words.text(f"note.{fault.problem}.title"))
    except PhotoRejected as rejected:
        say_refused(photo or Path(), rejected)
        raise typer.Exit(FAILED) from rejected


def _show(suggestion: "Suggestion", *, as_json: bool) -> None:
    from processing.suggest.proposal import propose_to_programs

    if as_json:
        results.print_json(propose_to_programs(suggestion).model_dump_json())
    else:
        from cli.suggestion_table import show

        show(suggestion)
