"""``etalase edits``: how often people write a field anew that we had written."""

from typing import Annotated

import typer

from cli.console import results, settings_in_force
from cli.ready import ready_catalog
from cli.words import words


def edits(as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False) -> None:
    """Show for each field in how many listings a person's own words stand."""
    from rich.table import Table

    from storage.catalog.edits import count_edits

    counts = count_edits(ready_catalog(settings_in_force()))
    if as_json:
        results.print_json(data=[count.model_dump(mode="json") for count in counts])
        return
    table = Table(*(words.text(f"cli.edits.column.{name}") for name in ("field", "share", "listings", "edits")))
    for count in counts:
        name = words.text(f"edited_field.{count.field}")
        table.add_row(name, f"{count.share:.0%}", str(count.listings), str(count.edits))
    results.print(table)
