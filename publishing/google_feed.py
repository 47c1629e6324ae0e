"""The Google Merchant feed: one RSS file over all published listings, by Google's product data rules [1]_.

References
----------
.. [1] https://support.google.com/merchants/answer/7052112 (read 2026-11-24): ``id`` of at most 50 characters, the
   same for every version; ``title`` of 150; ``description`` of 5,000; ``link`` and ``image_link`` of 2,000, each
   http or https; at most 10 of ``additional_image_link``; ``price`` as a number and an ISO 4217 currency;
   ``product_type`` of 750; ``identifier_exists`` is ``no`` for what has neither GTIN nor brand; ``brand`` of 70;
   ``color`` and ``pattern`` and ``size`` of 100; ``material`` of 200; of three colours or materials at most, with
   slashes between.
"""

import re
from collections.abc import Collection, Iterable
from xml.sax.saxutils import escape

from config.messages import Language
from config.publishers import GoogleFeed
from models.listing import ListingResult
from models.publication import Publication, PublishRefused, Receipt
from models.store import ObjectStore
from publishing.document import category_name
from publishing.feed_fields import CURRENCY, entry, feed_words, listing_link, shorten
from publishing.feed_file import feed_file
from publishing.pictures import hide_pictures, show_pictures
from publishing.product_code import product_code

MAX_TITLE, MAX_DESCRIPTION, MAX_ADDRESS, MAX_MORE_PICTURES = 150, 5000, 2000, 10
KNOWN = {"brand": 70, "color": 100, "material": 200, "pattern": 100, "size": 100}
"""The most characters of each field that a listing's facts may answer."""
SLASHED, MOST_SLASHED = frozenset({"color", "material"}), 3
START = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
<title>{title}</title>
<link>{home}</link>
<description>{title}</description>
"""
END = "</channel>\n</rss>\n"
ITEM = re.compile(r"<item>\n<g:id>([^<]*)</g:id>\n.*?</item>\n", re.DOTALL)
FILE, MEDIA_TYPE = "products.xml", "application/xml"


class GooglePublisher:
    """Writes ``feeds/{name}/products.xml``."""

    per_seller = False

    def __init__(self, declared: GoogleFeed, *, store: ObjectStore, language: Language) -> None:
        self.name = declared.name
        self.files = f"feeds/{declared.name}/{FILE}"
        self._declared = declared
        self._store = store
        self._language = language

    def find_receipt(self, publication: Publication) -> Receipt | None:
        """Return ``None``: an entry is made again, and a file rewritten, without any harm."""
        return None

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        """Put the pictures in their place and return the listing's entry. Raises PublishError."""
        words = feed_words(result, self._language, "google")
        cover, *more = show_pictures(self._store, self.name, self._declared.pictures, result)
        link = listing_link(self._declared.link, result.key)
        if max(len(link), len(cover)) > MAX_ADDRESS:
            raise PublishRefused(f"{result.key}: its address is longer than {MAX_ADDRESS} characters")
        said = entry(
            [
                ("id", product_code(result.key)),
                ("title", shorten(words.title, MAX_TITLE)),
                ("description", shorten(words.description, MAX_DESCRIPTION)),
                ("link", link),
                ("image_link", cover),
                ("additional_image_link", tuple(more[:MAX_MORE_PICTURES])),
                ("availability", self._declared.availability),
                ("price", f"{words.price}.00 {CURRENCY}"),
                ("condition", "new"),
                ("identifier_exists", "no"),
                *((field, _fit(field, words.attributes.get(field, ""))) for field in KNOWN),
                ("product_type", category_name(words.category, self._language)),
            ]
        )
        return Receipt.of(publication, self._store.locate(self.files), entry=said)

    def withdraw(self, publication: Publication) -> Receipt:
        """Remove the pictures; the entry goes with the next rewriting. Raises PublishError."""
        hide_pictures(self._store, self.name, publication.key)
        return Receipt.of(publication, self._store.locate(self.files))

    def rewrite(self, receipts: Iterable[Receipt], seller: str | None) -> None:
        """Write the file over all these entries. Raises PublishError."""
        head = START.format(title=escape(self._declared.title), home=escape(self._declared.home))
        with feed_file(self._store, self.files, media_type=MEDIA_TYPE) as text:
            text.write(head)
            text.writelines(map(_item, receipts))
            text.write(END)


def without_items(text: str, codes: Collection[str]) -> str:
    """Return the text of such a file without the items of these product codes."""
    return ITEM.sub(lambda item: "" if item[1] in codes else item[0], text)


def _fit(field: str, told: str) -> str:
    """Return what is told for a field as Google takes it, without what is too much."""
    parts = told.split(", ")[:MOST_SLASHED] if field in SLASHED else [told]
    while len(parts) > 1 and len("/".join(parts)) > KNOWN[field]:
        parts.pop()
    return shorten("/".join(parts), KNOWN[field])


def _item(receipt: Receipt) -> str:
    fields = ((name, value) for name, values in receipt.entry.items() for value in values)
    return "<item>\n" + "".join(f"<g:{name}>{escape(value)}</g:{name}>\n" for name, value in fields) + "</item>\n"
