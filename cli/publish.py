"""``etalase publish``: the outbox, drained; what could not be published, shown and sent again."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import FAILED, WRONG_USE, fail, news, results, settings_in_force
from cli.listing_name import read_listing
from cli.person import By, person
from cli.ready import ready_catalog, require_publishers
from cli.words import words
from config.settings import Settings

if TYPE_CHECKING:
    from models.listing import ListingKey
    from storage.catalog.connection import Catalog


def publish(
    failed: Annotated[bool, typer.Option("--failed", help=words.text("cli.publish.failed"))] = False,
    retry: Annotated[str | None, typer.Option(help=words.text("cli.publish.retry"))] = None,
    retry_all: Annotated[bool, typer.Option("--retry-all", help=words.text("cli.publish.retry_all"))] = False,
    reopen: Annotated[str | None, typer.Option(help=words.text("cli.publish.reopen"))] = None,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Run the publishing flow once, or show what it could not publish."""
    settings = settings_in_force()
    require_publishers(settings)
    catalog = ready_catalog(settings)
    if failed:
        _show_failed(catalog, as_json=as_json)
        return
    if retry_all or retry is not None:
        _retry(catalog, None if retry_all else read_listing(retry or ""), person(by))
    if reopen is not None:
        _reopen(catalog, reopen, person(by))
    _drain(settings, as_json=as_json)


def _drain(settings: Settings, *, as_json: bool) -> None:
    from cli.batch import run_flow
    from flows.summary import BatchSummary

    async def start() -> BatchSummary:
        from flows.publish_due import publish_due

        return await publish_due()

    summary = run_flow(settings, start, quiet=as_json)
    counts = summary.model_dump(include={"published", "withdrawn", "unpublished"})
    if as_json:
        results.print_json(data=counts)
    else:
        results.print(words.text("cli.publish.done", **counts))
        if summary.unpublished:
            results.print(words.text("cli.unpublished", listings=summary.unpublished))
    raise typer.Exit(FAILED if summary.unpublished else 0)


def _show_failed(catalog: "Catalog", *, as_json: bool) -> None:
    from rich.table import Table

    from storage.catalog.dead_letters import dead_letters
    from storage.catalog.publishers import closed_publishers

    letters, closed = dead_letters(catalog), closed_publishers(catalog)
    if as_json:
        dumped = {
            "failed": [letter.model_dump(mode="json") for letter in letters],
            "closed": [publisher.model_dump(mode="json") for publisher in closed],
        }
        results.print_json(data=dumped)
        return
    for publisher in closed:
        results.print(words.text("cli.publish.closed", name=publisher.name, reason=publisher.reason))
    if not letters:
        results.print(words.text("cli.publish.none_failed"))
        return
    table = Table(*(words.text(f"cli.publish.column.{name}") for name in ("listing", "publisher", "error")))
    for letter in letters:
        table.add_row(str(letter.publication.key), letter.publication.publisher, letter.error or "")
    results.print(table)
    results.print(words.text("cli.publish.how_to_retry", listing=letters[0].publication.key))


def _retry(catalog: "Catalog", key: "ListingKey | None", by: str) -> None:
    from storage.catalog.dead_letters import retry_dead_letters

    retried = retry_dead_letters(catalog, key, by=by)
    if key is not None and not retried:
        fail(words.text("cli.publish.not_failed", listing=key), WRONG_USE)
    news.print(words.text("cli.publish.retried", publications=retried))


def _reopen(catalog: "Catalog", name: str, by: str) -> None:
    from storage.catalog.publishers import reopen_publisher

    if not reopen_publisher(catalog, name, by=by):
        fail(words.text("cli.publish.not_closed", name=name), WRONG_USE)
    news.print(words.text("cli.publish.reopened", name=name))
