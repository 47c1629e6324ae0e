"""What feeds say alike of a listing."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from models.listing import ListingKey, ListingResult
from models.publication import PublishRefused
from publishing.document import build_document

CURRENCY = "IDR"


@dataclass(frozen=True, slots=True)
class FeedWords:
    """A listing's words, fit for a file that others read."""

    title: str
    description: str
    """The title where she has said nothing more."""
    category: str
    """A category's code."""
    price: int
    """In rupiah, at least 1."""
    attributes: dict[str, str]
    """Value by the marketplace's name of the field."""


def feed_words(result: ListingResult, language: str, marketplace: str) -> FeedWords:
    """Return a listing's words, those for a marketplace where there are some.

    Raises PublishRefused for a listing with open questions, or with nothing to say.
    """
    document = build_document(result, language)
    own = next((copy for copy in document.marketplaces if copy.marketplace == marketplace), None)
    title = plain(own.title if own else document.title)
    description = plain((own.description if own else document.description) or "") or title
    if document.price < 1 or not title:
        raise PublishRefused(f"{result.key}: a feed takes nothing without a title and a price")
    attributes = {field: plain(value) for field, value in own.attributes.items()} if own else {}
    return FeedWords(title, description, document.category, document.price, attributes)


def plain(text: str) -> str:
    """Return a text without the characters that XML does not take or nobody can see; line breaks stay."""
    kept = (each for each in text if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs", "Co", "Cn"})
    return "".join(kept).strip()


def shorten(text: str, longest: int) -> str:
    """Return a text of at most ``longest`` characters that ends with a whole word, where it has any."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    return cut.rpartition(" ")[0].rstrip(" ,.;:-") or cut


def listing_link(template: str, key: ListingKey) -> str:
    """Return the address at which a buyer finds the listing."""
    return template.format(seller=quote(key.seller, safe=""), listing=quote(key.listing, safe=""))


def entry(fields: Iterable[tuple[str, str | tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """Return a receipt's entry of fields with one value or several; a field without a value is left out."""
    several = ((name, (value,) if isinstance(value, str) else value) for name, value in fields)
    return {name: values for name, values in several if values and values != ("",)}
