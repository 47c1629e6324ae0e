"""``etalase forget``: everything of a seller's removed, here and in the shops."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import FAILED, WRONG_USE, fail, results, settings_in_force
from cli.person import By, person
from cli.ready import ready_catalog, ready_store, require_publishers
from cli.words import words

if TYPE_CHECKING:
    from config.settings import Settings
    from flows.forgetting import Forgetting
    from storage.catalog.connection import Catalog


def forget(
    seller: Annotated[str, typer.Argument(help=words.text("cli.onboard.seller"))],
    yes: Annotated[bool, typer.Option("--yes", help=words.text("cli.forget.yes"))] = False,
    without: Annotated[list[str] | None, typer.Option(help=words.text("cli.forget.without"))] = None,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Forget a seller; what is still in the way is told, and the same command goes on from there."""
    from flows.forgetting import forget_seller

    settings = settings_in_force()
    require_publishers(settings)
    catalog, store = ready_catalog(settings), ready_store(settings)
    who = person(by)
    if not yes:
        _ask(catalog, seller)
    end = forget_seller(settings, store, catalog, seller, by=who, without=without or ())
    if as_json:
        results.print_json(end.model_dump_json())
    else:
        _say(end, seller)
    if end.outstanding:
        raise typer.Exit(FAILED)
    _forget_runs(settings, seller)


def _ask(catalog: "Catalog", seller: str) -> None:
    from storage.catalog.reading import count_states

    if not sys.stdin.isatty():
        fail(words.text("cli.forget.say_yes"), WRONG_USE)
    listings = sum(count_states(catalog, seller=seller).values())
    if not typer.confirm(words.text("cli.forget.sure", seller=seller, listings=listings), err=True):
        raise typer.Exit(WRONG_USE)


def _forget_runs(settings: "Settings", seller: str) -> None:
    """Have Prefect forget her too: the server that is named, or the one that keeps its records on this machine."""
    import asyncio
    import os

    from flows.prefect_server import prefect_server

    if not os.environ.get("PREFECT_API_URL") and not (settings.home / "prefect").exists():
        return
    try:
        with prefect_server(settings.home):
            from flows.forgetting_runs import forget_runs

            asyncio.run(forget_runs(seller))
    # Whatever it is, Prefect's own libraries let all of theirs through.
    except Exception as fault:
        fail(words.text("cli.forget.records_left", seller=seller, fault=fault))


def _say(end: "Forgetting", seller: str) -> None:
    if end.outstanding:
        for left in end.outstanding:
            named = words.text("cli.forget.upload") if left.publisher is None else left.publisher
            results.print(f"{left.key}: {named}{f' ({left.error})' if left.error else ''}")
        results.print(words.text("cli.forget.outstanding", seller=seller))
    elif end.receipt is None:
        results.print(words.text("cli.forget.nothing", seller=seller))
    else:
        removed = end.receipt.removed
        results.print(
            words.text("cli.forget.done", seller=seller, photos=removed["photos"], code=end.receipt.code)
        )
        if end.receipt.unconfirmed:
            results.print(words.text("cli.forget.unconfirmed", publishers=", ".join(end.receipt.unconfirmed)))
