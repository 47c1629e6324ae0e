"""The django-oscar publisher: each listing is a product of a shop, put there over the shop's REST API.

A listing's product code is the product's UPC, which the shop keeps unique: so the same listing sent twice is one
product. The shop cannot be asked by publication; it is sent again, refused as known, and brought up to date.

The shop fetches the pictures itself, and keeps the half of one without a word when its line is cut. So each is
looked at as buyers get it before a listing counts as published.
"""

import io
import json
from typing import Any

from PIL import Image

from config.messages import Language
from config.publishers import OscarShop
from models.listing import ListingResult
from models.publication import Publication, PublishError, PublishRefused, Receipt, ReceiverDown
from models.store import ObjectStore, StoreError
from publishing.call import MAX_ANSWER, Answer, call, open_client
from publishing.document import build_document, category_name
from publishing.pictures import picture_of
from publishing.product_code import product_code

ANSWER_SECONDS = 60.0
"""The shop fetches the pictures before it answers."""
PICTURE_SECONDS = 900
"""How long a picture's address is good for."""
MAX_PICTURE = 20_000_000
"""Bytes of a picture that are read."""
MAX_PARTNERS = 64_000_000
"""Bytes of the list of all partners, which the shop gives whole or not at all: some 150 for each of 400,000."""
CURRENCY = "IDR"
BAD_REQUEST, NOT_FOUND = 400, 404


class OscarPublisher:
    """Puts products into one shop."""

    def __init__(
        self, declared: OscarShop, *, store: ObjectStore, language: Language, secrets: tuple[str, ...]
    ) -> None:
        """Take ``user:password`` of a member of the shop's staff as its secret. Raises ValueError for another."""
        user, colon, password = secrets[0].partition(":") if secrets else ("", "", "")
        if not (user and colon and password):
            raise ValueError(f"{declared.name} has no user:password in ETALASE_PUBLISHER_SECRETS")
        self.name = declared.name
        self._declared = declared
        self._api = f"{declared.url.rstrip('/')}/admin/"
        self._store = store
        self._language = language
        self._client = open_client(seconds=ANSWER_SECONDS, auth=(user, password))
        # Pictures may lie on another host, which must not hear the password.
        self._buyer = open_client(seconds=ANSWER_SECONDS)
        self._partners: dict[str, str] = {}
        """The address of each partner by its name, as the shop told it last."""

    def find_receipt(self, publication: Publication) -> Receipt | None:
        """Return ``None``: the shop does not know which version of a listing it has."""
        return None

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        """Put the product into the shop, or bring it up to date there. Raises PublishError."""
        product = self._product(result)
        answer = self._ask("POST", "products/", product)
        if answer.status == BAD_REQUEST and "upc" in _faults(answer):
            del product["stockrecords"][0]["num_in_stock"]  # the shop has sold some since
            answer = self._ask("PUT", "products/", product)
        told = self._require_fine(answer).json()
        for image in told["images"]:
            self._require_whole(str(image["original"]))
        return Receipt.of(publication, str(told["url"]), files={"main": result.finished[0].sha256})

    def withdraw(self, publication: Publication) -> Receipt:
        """Have the shop show the product no more; orders of it stay whole. Raises PublishError."""
        answer = self._ask("PATCH", "products/", {"upc": product_code(publication.key), "is_public": False})
        if answer.status == NOT_FOUND:
            return Receipt.of(publication, self._api)
        return Receipt.of(publication, str(self._require_fine(answer).json()["url"]))

    def _product(self, result: ListingResult) -> dict[str, Any]:
        document = build_document(result, self._language)
        code = product_code(result.key)
        category = category_name(document.category, self._language)
        return {
            "product_class": self._declared.product_class,
            "structure": "standalone",
            "upc": code,
            "slug": code,
            "title": document.title,
            "description": document.description or "",
            "is_public": True,
            "categories": [category],
            "stockrecords": [
                {
                    "partner": self._find_partner(document.seller),
                    "partner_sku": code,
                    "price_currency": CURRENCY,
                    "price": f"{document.price}.00",
                    "num_in_stock": self._declared.stock,
                }
            ],
            "images": [
                {"original": self._share(picture_of(photo).key), "caption": "", "display_order": place}
                for place, photo in enumerate(result.finished)
            ],
        }

    def _find_partner(self, seller: str) -> str:
        """Return the address of the seller's partner in the shop, made first where there is none."""
        if not self._partners:
            self._partners = self._all_partners()
        return self._partners.get(seller) or self._make_partner(seller)

    def _all_partners(self) -> dict[str, str]:
        """Return the first partner's address by each name. The shop's API finds none by name, and has no pages."""
        answer = self._require_fine(self._ask("GET", "partners/", None, max_bytes=MAX_PARTNERS))
        if answer.cut:
            # Nobody's listing can be sent, and the list is not to be asked for again with each.
            raise ReceiverDown(f"the shop has more than {MAX_PARTNERS:,} bytes of partners")
        first: dict[str, str] = {}
        for partner in answer.json():
            name, url = str(partner["name"]), str(partner["url"])
            first[name] = min(first.get(name, url), url, key=lambda each: (len(each), each))
        return first

    def _make_partner(self, seller: str) -> str:
        made = str(self._require_fine(self._ask("POST", "partners/", {"name": seller})).json()["url"])
        # Two processes may make the same one at the same moment: both then go on with the first.
        self._partners = self._all_partners()
        first = self._partners.get(seller)
        if first is None:
            raise PublishError(f"the shop did not keep the partner {seller}")
        if first != made:
            number = made.rstrip("/").rpartition("/")[2]
            self._require_fine(self._ask("DELETE", f"partners/{number}/", None))
        return first

    def _share(self, key: str) -> str:
        try:
            return self._store.share(key, seconds=PICTURE_SECONDS)
        except StoreError as fault:
            raise PublishError(str(fault)) from fault

    def _require_whole(self, address: str) -> None:
        """Look at a picture as a buyer's browser does. Raises PublishError unless it is there to its end."""
        answer = self._require_fine(
            call(self._buyer, "GET", address, body=None, headers={}, max_bytes=MAX_PICTURE)
        )
        try:
            with Image.open(io.BytesIO(answer.body)) as picture:
                picture.load()
        except (OSError, SyntaxError, ValueError) as fault:
            raise PublishError(f"{self.name} shows a broken picture at {address}: {fault}") from fault

    def _ask(self, method: str, path: str, data: dict[str, Any] | None, *, max_bytes: int = MAX_ANSWER) -> Answer:
        body = None if data is None else json.dumps(data).encode()
        headers = {"accept": "application/json"} | ({} if body is None else {"content-type": "application/json"})
        return call(self._client, method, self._api + path, body=body, headers=headers, max_bytes=max_bytes)

    def _require_fine(self, answer: Answer) -> Answer:
        if answer.fine:
            return answer
        if answer.status == BAD_REQUEST and _faults(answer):
            raise PublishRefused(f"{self.name}: {answer.told}")
        raise PublishError(f"{self.name}: {answer.told}", retry_after=answer.retry_after)


def _faults(answer: Answer) -> dict[str, Any]:
    """Return what the shop says is wrong with which field; nothing where it speaks of something else."""
    try:
        faults = answer.json()
    except PublishError:
        return {}
    return faults if isinstance(faults, dict) else {}
