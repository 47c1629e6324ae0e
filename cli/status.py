"""``etalase status``: where every listing stands, and what to do next."""

from typing import Annotated

import typer

from cli.console import results, settings_in_force
from cli.ready import ready_catalog, ready_store
from cli.words import words


def status(
    seller: Annotated[str | None, typer.Option(help=words.text("cli.status.seller"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Show the catalog as a table."""
    from cli.outcome import listing_table
    from storage.catalog.reading import list_listings

    settings = settings_in_force()
    rows = list(list_listings(ready_catalog(settings), seller=seller))
    if as_json:
        results.print_json(data=[row.model_dump(mode="json") for row in rows])
    elif rows:
        results.print(listing_table(rows))
    else:
        place = ready_store(settings).locate(words.text("cli.status.place"))
        results.print(words.text("cli.status.nothing", place=place))
