"""``etalase lesson``: one page that a seller learns from, of her own photos."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import WRONG_USE, fail, results, settings_in_force
from cli.ready import ready_catalog, ready_store
from cli.words import words


def lesson(
    seller: Annotated[str, typer.Argument(help=words.text("cli.lesson.seller"))],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=words.text("cli.lesson.output"), file_okay=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Write the lesson sheet as HTML and PDF, and the sheet of all her photos."""
    from config.messages import load_messages
    from processing.lesson import prepare_lesson
    from storage.catalog.reading import list_listings
    from web.lesson import render_lesson

    settings = settings_in_force()
    rows = list_listings(ready_catalog(settings), seller=seller)
    photos = [photo for row in rows if row.result for photo in row.result.finished]
    if not photos:
        fail(words.text("cli.lesson.nothing", seller=seller), WRONG_USE)
    page = render_lesson(
        prepare_lesson(seller, photos),
        (output or settings.home / "lessons" / seller).resolve(),
        read=ready_store(settings).get,
        messages=load_messages(settings.language),
    )
    if as_json:
        results.print_json(data={"page": str(page), "pdf": str(page.with_name("lesson.pdf"))})
    else:
        results.print(words.text("cli.lesson.done", page=page, pdf=page.with_name("lesson.pdf")))
