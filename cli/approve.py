"""``etalase approve``: a listing that a person has seen is published."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import WRONG_USE, fail, news, results, settings_in_force
from cli.listing_name import read_listing
from cli.person import By, person
from cli.ready import ready_catalog
from cli.review import newest, say_no_such_listing, say_refused_review
from cli.words import words

if TYPE_CHECKING:
    from config.settings import Settings
    from models.listing import ListingKey
    from models.review import Review
    from storage.catalog.connection import Catalog


def approve(
    listing: Annotated[str, typer.Argument(help=words.text("cli.approve.listing"))],
    version: Annotated[int | None, typer.Option(help=words.text("cli.approve.version"))] = None,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Approve the version that was seen; without one, show the newest and ask."""
    settings, key = settings_in_force(), read_listing(listing)
    catalog = ready_catalog(settings)
    seen = version if version is not None else _show(catalog, key)
    review = _approve(settings, catalog, key, seen, person(by))
    if as_json:
        results.print_json(review.model_dump_json())
    else:
        results.print(words.text("cli.approve.done", listing=key, version=review.version, by=review.by))


def _show(catalog: "Catalog", key: "ListingKey") -> int:
    """Show what is to be approved and ask; return its version."""
    from config.waits import say_wait
    from models.review import Refusal, ReviewRefused
    from models.state import ListingState

    row = newest(catalog, key)
    if not sys.stdin.isatty():
        fail(words.text("cli.approve.say_version", listing=key, version=row.version), WRONG_USE)
    if row.result is None or row.result.version != row.version:
        at_work = row.state in {ListingState.DUE, ListingState.LEASED}
        refusal = Refusal.BEING_PROCESSED if at_work else Refusal.NOT_WAITING
        say_refused_review(ReviewRefused(refusal, key, row.version), key)
    title = row.result.suggestion.title
    news.print(f"{key}: {title.value if title else words.text('report.untitled')}")
    for wait in row.result.waits:
        news.print(f"  {say_wait(wait, words)}")
    if not typer.confirm(words.text("cli.approve.sure", version=row.version), err=True):
        raise typer.Exit(WRONG_USE)
    return row.version


def _approve(settings: "Settings", catalog: "Catalog", key: "ListingKey", version: int, by: str) -> "Review":
    import asyncio

    from config.presets import PresetError
    from flows.approving import approve_listing
    from models.review import ReviewRefused

    try:
        return asyncio.run(approve_listing(settings, catalog, key, version=version, by=by))
    except LookupError:
        say_no_such_listing(key)
    except ReviewRefused as refused:
        say_refused_review(refused, key)
    except PresetError as fault:
        fail(words.text("cli.publishers_failed", file=settings.publishers, fault=fault), WRONG_USE)
