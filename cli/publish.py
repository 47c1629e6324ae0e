"""``etalase publish``: the outbox, drained."""

from typing import Annotated

import typer

from cli.console import results, settings_in_force
from cli.words import words


def publish(as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False) -> None:
    """Run the publishing flow once."""
    from cli.batch import run_flow

    async def start() -> int:
        from flows.publish_due import publish_due

        return await publish_due()

    published = run_flow(settings_in_force(), start, quiet=as_json)
    if as_json:
        results.print_json(data={"published": published})
    else:
        results.print(words.text("cli.publish.done", published=published))
