"""``etalase waiting``: what waits for a person, and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import results, settings_in_force
from cli.ready import ready_catalog
from cli.words import words

if TYPE_CHECKING:
    from models.listing import ListingResult
    from storage.catalog.reading import ListingRow


def waiting(
    seller: Annotated[str | None, typer.Option(help=words.text("cli.status.seller"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Show the listings that a person may approve or send back."""
    from rich.table import Table

    from models.review import UNDECIDED, beyond_approval
    from storage.catalog.reading import list_listings

    found = list_listings(ready_catalog(settings_in_force()), seller=seller, states=UNDECIDED)
    rows = [(row, row.result) for row in found if row.result is not None]
    if as_json:
        results.print_json(data=[_dump(row, result) for row, result in rows])
        return
    if not rows:
        results.print(words.text("cli.waiting.none"))
        return
    columns = ("listing", "version", "reasons")
    table = Table(*(words.text(f"cli.waiting.column.{name}") for name in columns), show_lines=True)
    for row, result in rows:
        table.add_row(str(row.key), str(row.version), "\n".join(_reasons(row, result)))
    results.print(table)
    if ready := [row for row, result in rows if not beyond_approval(result)]:
        results.print(words.text("cli.waiting.how_to_approve", listing=ready[0].key, version=ready[0].version))
    results.print(words.text("cli.waiting.how_to_send_back", listing=rows[0][0].key))


def _reasons(row: "ListingRow", result: "ListingResult") -> list[str]:
    from config.waits import say_wait
    from models.review import beyond_approval

    reasons = [say_wait(wait, words) for wait in result.waits] or [words.text("cli.waiting.kept")]
    if beyond_approval(result):
        reasons.append(words.text("cli.waiting.beyond_approval"))
    if (review := row.standing_review) is not None:
        reasons.append(words.text("cli.waiting.sent_back", by=review.by, word=review.word))
    return reasons


def _dump(row: "ListingRow", result: "ListingResult") -> dict[str, object]:
    from config.waits import say_wait
    from models.review import beyond_approval

    review = row.standing_review
    return {
        "seller": row.key.seller,
        "listing": row.key.listing,
        "version": row.version,
        "approvable": not beyond_approval(result),
        "reasons": [wait.model_dump(mode="json") | {"words": say_wait(wait, words)} for wait in result.waits],
        "sent_back": review.model_dump(mode="json") if review is not None else None,
    }
