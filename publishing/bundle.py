"""The bundle publisher: one folder in the object store for each published version of a listing.

``published/{seller}/{listing}/v{version}-{key}/`` holds the renditions, ``listing.json`` and, written last,
``receipt.json``: a folder with a receipt is whole. ``published/listing-1.schema.json`` describes ``listing.json``.
"""

import hashlib
import json

from pydantic import ValidationError

from config.publishers import BUNDLE
from models.listing import ListingResult
from models.publication import Action, ListingDocument, Publication, PublishError, Receipt
from models.store import ObjectMissing, ObjectStore, StoreError
from publishing.document import build_document, file_name

SCHEMA_KEY = "published/listing-1.schema.json"
JSON = "application/json"


class BundlePublisher:
    """Writes bundles into an object store."""

    name = BUNDLE

    def __init__(self, store: ObjectStore, language: str) -> None:
        self._store = store
        self._language = language

    def find_receipt(self, publication: Publication) -> Receipt | None:
        """Return the receipt that lies in the publication's folder, if it is whole. Raises PublishError.

        Of a withdrawal nothing is kept: it is done again, which changes nothing.
        """
        if publication.action is Action.WITHDRAW:
            return None
        try:
            return Receipt.model_validate_json(self._store.get(f"{_folder(publication)}/receipt.json"))
        except ObjectMissing:
            return None
        except (StoreError, ValidationError) as fault:
            raise PublishError(f"{publication.key}: its receipt cannot be read: {fault}") from fault

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        """Write the bundle; writing it again gives the same bytes. Raises PublishError."""
        folder = _folder(publication)
        try:
            files = self._copy_renditions(folder, result)
            document = build_document(result, self._language).model_dump_json(indent=2).encode()
            files["listing.json"] = hashlib.sha256(document).hexdigest()
            self._store.put(SCHEMA_KEY, listing_schema(), media_type="application/schema+json")
            self._store.put(f"{folder}/listing.json", document, media_type=JSON)
            receipt = Receipt.of(publication, folder, files=files)
            self._store.put(f"{folder}/receipt.json", receipt.model_dump_json(indent=2).encode(), media_type=JSON)
        except StoreError as fault:
            raise PublishError(f"{publication.key}: {fault}") from fault
        return receipt

    def withdraw(self, publication: Publication) -> Receipt:
        """Remove every version of the listing, receipts first: what has none is no bundle. Raises PublishError."""
        place = f"published/{publication.key}"
        try:
            keys = sorted(found.key for found in self._store.list(f"{place}/"))
            for key in sorted(keys, key=lambda key: not key.endswith("/receipt.json")):
                self._store.delete(key)
        except StoreError as fault:
            raise PublishError(f"{publication.key}: {fault}") from fault
        return Receipt.of(publication, place)

    def _copy_renditions(self, folder: str, result: ListingResult) -> dict[str, str]:
        """Copy every published file into the folder; one that is not what was recorded stops the publication."""
        files = {}
        for number, photo in enumerate(result.finished, start=1):
            for rendition in photo.renditions:
                if not rendition.published:
                    continue
                data = self._store.get(rendition.key)
                if hashlib.sha256(data).hexdigest() != rendition.sha256:
                    raise PublishError(f"{rendition.key} is not what was recorded")
                name = file_name(number, rendition.name)
                self._store.put(f"{folder}/{name}", data, media_type=rendition.media_type)
                files[name] = rendition.sha256
        return files


def listing_schema() -> bytes:
    """Return the JSON Schema of ``listing.json``, as it is published beside the bundles."""
    return json.dumps(ListingDocument.model_json_schema(), indent=2, sort_keys=True).encode()


def _folder(publication: Publication) -> str:
    return f"published/{publication.key}/v{publication.version}-{publication.idempotency_key[:8]}"
