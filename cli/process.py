"""``etalase process``: everything that is due, processed and published."""

from typing import Annotated

import typer

from cli.console import FAILED, results, settings_in_force
from cli.words import words


def process(
    seller: Annotated[str | None, typer.Option(help=words.text("cli.process.seller"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Run the batch flow once."""
    from cli.batch import run_flow
    from cli.outcome import say_summary
    from flows.summary import BatchSummary

    async def start() -> BatchSummary:
        from flows.process_due import process_due

        return await process_due(seller=seller)

    summary = run_flow(settings_in_force(), start, quiet=as_json)
    if as_json:
        results.print_json(summary.model_dump_json())
    else:
        say_summary(summary)
    raise typer.Exit(FAILED if summary.postponed or summary.unpublished else 0)
