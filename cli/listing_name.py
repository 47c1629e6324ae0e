"""``SELLER/LISTING``, as a person writes it."""

from typing import TYPE_CHECKING

from cli.console import WRONG_USE, fail
from cli.words import words

if TYPE_CHECKING:
    from models.listing import ListingKey


def read_listing(text: str) -> "ListingKey":
    """Return the listing that is meant, or say how one is written and end the command."""
    from models.listing import ListingKey

    seller, _, listing = text.partition("/")
    if not seller or not listing or "/" in listing:
        fail(words.text("cli.wrong_listing", listing=text), WRONG_USE)
    return ListingKey(seller=seller, listing=listing)
