"""``etalase send-back``: a listing that a person has seen waits until its seller has changed something."""

from typing import Annotated

import typer

from cli.console import results, settings_in_force
from cli.listing_name import read_listing
from cli.person import By, person
from cli.ready import ready_catalog
from cli.review import newest, say_no_such_listing, say_refused_review
from cli.words import words


def send_back(
    listing: Annotated[str, typer.Argument(help=words.text("cli.approve.listing"))],
    word: Annotated[list[str], typer.Argument(help=words.text("cli.send_back.word"))],
    version: Annotated[int | None, typer.Option(help=words.text("cli.send_back.version"))] = None,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Send a listing back with a word on what to change."""
    from models.review import ReviewRefused
    from storage.catalog import reviews

    key = read_listing(listing)
    catalog = ready_catalog(settings_in_force())
    seen = version if version is not None else newest(catalog, key).version
    try:
        review = reviews.send_back(catalog, key, version=seen, by=person(by), word=" ".join(word))
    except LookupError:
        say_no_such_listing(key)
    except ReviewRefused as refused:
        say_refused_review(refused, key)
    if as_json:
        results.print_json(review.model_dump_json())
    else:
        results.print(words.text("cli.send_back.done", listing=key, version=review.version))
