"""``etalase report``: every photo before and after, as pages that open in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import results, settings_in_force
from cli.ready import ready_catalog, ready_store
from cli.words import words
from config.settings import Settings


def report(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=words.text("cli.report.output"), file_okay=False)
    ] = None,
    seller: Annotated[str | None, typer.Option(help=words.text("cli.status.seller"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Write the HTML report."""
    page = write_report(settings_in_force(), output, seller)
    if as_json:
        results.print_json(data={"page": str(page)})
    else:
        results.print(words.text("cli.report.done", page=page))


def write_report(settings: Settings, folder: Path | None = None, seller: str | None = None) -> Path:
    """Write the report of what the catalog holds and return its first page's path."""
    from config.messages import load_messages
    from storage.catalog.reading import list_listings
    from web.report import ReportListing, render_report

    rows = list_listings(ready_catalog(settings), seller=seller)
    return render_report(
        (ReportListing.of(row) for row in rows),
        (folder or settings.home / "report").resolve(),
        read=ready_store(settings).get,
        messages=load_messages(settings.language),
    )
