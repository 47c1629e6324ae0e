"""The Meta catalogue: one CSV file over all published listings, by Meta's catalogue fields [1]_.

References
----------
.. [1] https://developers.facebook.com/docs/marketing-api/catalog/reference (read 2026-11-24): ``id`` of at most
   100 characters, ``title`` of 200, ``description`` of 9,999, ``brand`` of 100; ``availability`` and ``condition``
   from fixed lists; ``price`` as a number and an ISO 4217 currency; at most 20 more pictures, with commas between.
"""

import csv
import io
from collections.abc import Collection, Iterable

from config.messages import Language
from config.publishers import MetaFeed
from models.listing import ListingResult
from models.publication import Publication, Receipt
from models.store import ObjectStore
from publishing.document import category_name
from publishing.feed_fields import CURRENCY, entry, feed_words, listing_link, shorten
from publishing.feed_file import feed_file
from publishing.pictures import hide_pictures, show_pictures
from publishing.product_code import product_code

MAX_TITLE, MAX_DESCRIPTION, MAX_MORE_PICTURES = 200, 9999, 20
COLUMNS = (
    "id",
    "title",
    "description",
    "availability",
    "condition",
    "price",
    "link",
    "image_link",
    "brand",
    "additional_image_link",
    "product_type",
)
FILE, MEDIA_TYPE = "catalogue.csv", "text/csv"


class MetaPublisher:
    """Writes ``feeds/{name}/catalogue.csv``."""

    per_seller = False

    def __init__(self, declared: MetaFeed, *, store: ObjectStore, language: Language) -> None:
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
        words = feed_words(result, self._language, "meta")
        cover, *more = show_pictures(self._store, self.name, self._declared.pictures, result)
        said = entry(
            [
                ("id", product_code(result.key)),
                ("title", shorten(words.title, MAX_TITLE)),
                ("description", shorten(words.description, MAX_DESCRIPTION)),
                ("availability", self._declared.availability),
                ("condition", "new"),
                ("price", f"{words.price}.00 {CURRENCY}"),
                ("link", listing_link(self._declared.link, result.key)),
                ("image_link", cover),
                ("brand", words.attributes.get("brand", self._declared.brand)),
                ("additional_image_link", ",".join(more[:MAX_MORE_PICTURES])),
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
        with feed_file(self._store, self.files, media_type=MEDIA_TYPE) as text:
            table = csv.writer(text, lineterminator="\n")
            table.writerow(COLUMNS)
            for receipt in receipts:
                table.writerow(["".join(receipt.entry.get(column, ())) for column in COLUMNS])


def without_rows(text: str, codes: Collection[str]) -> str:
    """Return the text of such a file without the rows of these product codes."""
    kept = io.StringIO()
    table = csv.writer(kept, lineterminator="\n")
    table.writerows(row for row in csv.reader(io.StringIO(text, newline="")) if row[0] not in codes)
    return kept.getvalue()
