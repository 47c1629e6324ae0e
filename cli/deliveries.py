"""``etalase deliveries``: what marketplaces have told of and is not done with, seen and taken in again."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import WRONG_USE, fail, news, results, settings_in_force
from cli.person import By, person
from cli.ready import ready_catalog
from cli.words import words

if TYPE_CHECKING:
    from models.event import Delivery
    from storage.catalog.connection import Catalog


def deliveries(
    failed: Annotated[bool, typer.Option("--failed", help=words.text("cli.deliveries.failed"))] = False,
    retry: Annotated[int | None, typer.Option(help=words.text("cli.deliveries.retry"))] = None,
    retry_all: Annotated[bool, typer.Option("--retry-all", help=words.text("cli.deliveries.retry_all"))] = False,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Show the events that wait, or queue those again that failed."""
    catalog = ready_catalog(settings_in_force())
    if retry_all or retry is not None:
        _retry(catalog, None if retry_all else retry, person(by))
    else:
        _show(catalog, failed_only=failed, as_json=as_json)


def _show(catalog: "Catalog", *, failed_only: bool, as_json: bool) -> None:
    from rich.table import Table

    from storage.catalog.waiting_deliveries import waiting_deliveries

    found = list(waiting_deliveries(catalog, failed_only=failed_only))
    if as_json:
        results.print_json(data=[delivery.model_dump(mode="json") for delivery in found])
        return
    if not found:
        results.print(words.text("cli.deliveries.none_failed" if failed_only else "cli.deliveries.none"))
        return
    columns = ("number", "listing", "received", "state")
    table = Table(*(words.text(f"cli.deliveries.column.{name}") for name in columns))
    for delivery in found:
        received = delivery.received_at.astimezone().isoformat(" ", "seconds")
        table.add_row(str(delivery.id), str(delivery.event.key), received, _state(delivery))
    results.print(table)
    if given_up := [delivery.id for delivery in found if delivery.failed]:
        results.print(words.text("cli.deliveries.how_to_retry", delivery=given_up[0]))


def _state(delivery: "Delivery") -> str:
    """Return why an event failed, or that it waits, with what went wrong so far."""
    if delivery.failed:
        return delivery.error or ""
    queued = words.text("cli.deliveries.queued")
    return f"{queued}: {delivery.error}" if delivery.error else queued


def _retry(catalog: "Catalog", number: int | None, by: str) -> None:
    from storage.catalog.waiting_deliveries import retry_deliveries

    retried = retry_deliveries(catalog, number, by=by)
    if number is not None and not retried:
        fail(words.text("cli.deliveries.not_failed", delivery=number), WRONG_USE)
    news.print(words.text("cli.deliveries.retried", deliveries=retried))
