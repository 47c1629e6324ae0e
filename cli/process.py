"""``etalase process``: everything that is due, processed and published."""

from typing import Annotated

import typer

from cli.console import FAILED, WRONG_USE, fail, news, results, settings_in_force
from cli.listing_name import read_listing
from cli.person import By, person
from cli.ready import ready_catalog
from cli.words import words
from config.settings import Settings


def process(
    seller: Annotated[str | None, typer.Option(help=words.text("cli.process.seller"))] = None,
    retry: Annotated[str | None, typer.Option(help=words.text("cli.process.retry"))] = None,
    retry_all: Annotated[bool, typer.Option("--retry-all", help=words.text("cli.process.retry_all"))] = False,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Run the batch flow once, over what was given up too where that is wanted."""
    from cli.batch import run_flow
    from cli.outcome import say_summary
    from flows.summary import BatchSummary

    async def start() -> BatchSummary:
        from flows.process_due import process_due

        return await process_due(seller=seller)

    settings = settings_in_force()
    if retry_all or retry is not None:
        _retry(settings, None if retry_all else retry, person(by))
    summary = run_flow(settings, start, quiet=as_json)
    if as_json:
        results.print_json(summary.model_dump_json())
    else:
        say_summary(summary)
    raise typer.Exit(FAILED if summary.postponed or summary.unpublished else 0)


def _retry(settings: Settings, listing: str | None, by: str) -> None:
    from storage.catalog.retrying import retry_listings

    key = None if listing is None else read_listing(listing)
    retried = retry_listings(ready_catalog(settings), key, by=by)
    if key is not None and not retried:
        fail(words.text("cli.process.not_failed", listing=key), WRONG_USE)
    news.print(words.text("cli.process.retried", listings=retried))
