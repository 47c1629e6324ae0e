"""What approving and sending back have in common: the listing that is meant, and why it may not be."""

from typing import TYPE_CHECKING, NoReturn

from cli.console import WRONG_USE, fail
from cli.words import words

if TYPE_CHECKING:
    from models.listing import ListingKey
    from models.review import ReviewRefused
    from storage.catalog.connection import Catalog
    from storage.catalog.reading import ListingRow


def newest(catalog: "Catalog", key: "ListingKey") -> "ListingRow":
    """Return a listing as it stands, or say that there is none and end the command."""
    from storage.catalog.reading import find_listing

    return find_listing(catalog, key) or say_no_such_listing(key)


def say_refused_review(refused: "ReviewRefused", key: "ListingKey") -> NoReturn:
    """Say why a decision was not taken down, and end the command."""
    text = words.text(f"cli.review_refused.{refused.refusal}", listing=key, version=refused.version)
    fail(text, WRONG_USE)


def say_no_such_listing(key: "ListingKey") -> NoReturn:
    """Say that nobody knows a listing, and end the command."""
    fail(words.text("cli.no_such_listing", listing=key), WRONG_USE)
