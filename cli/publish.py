"""``etalase publish``: the outbox, drained."""

from typing import Annotated

import typer

from cli.console import FAILED, results, settings_in_force
from cli.words import words


def publish(as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False) -> None:
    """Run the publishing flow once."""
    from cli.batch import run_flow
    from flows.summary import BatchSummary

    async def start() -> BatchSummary:
        from flows.publish_due import publish_due

        return await publish_due()

    summary = run_flow(settings_in_force(), start, quiet=as_json)
    if as_json:
        results.print_json(data={"published": summary.published, "unpublished": summary.unpublished})
    else:
        results.print(words.text("cli.publish.done", published=summary.published))
        if summary.unpublished:
            results.print(words.text("cli.unpublished", listings=summary.unpublished))
    raise typer.Exit(FAILED if summary.unpublished else 0)
