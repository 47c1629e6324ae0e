"""Caches a listing's draft in the object store, so that the same question is asked only once.

One object for each listing, under its seller's name: it goes when she is forgotten, and its newer one replaces it.
"""

import hashlib

from pydantic import ValidationError

from models.draft import Draft
from models.listing import ListingKey
from models.store import ObjectMissing, ObjectStore
from models.value import Value

HOME = "drafts/"
LIMIT = 1_000_000
"""Bytes; a draft has a few thousand."""


class CachedDraft(Value):
    """A draft and what it is a draft of."""

    content: str
    """:func:`content_hash` what was asked."""
    draft: Draft


def draft_key(key: ListingKey) -> str:
    """Return where a listing's draft lies in the object store."""
    return f"{HOME}{key}.json"


def content_hash(*parts: bytes) -> str:
    """Return what tells two questions apart: the model, its rules, the brief and the photo."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


class DraftCache:
    """The last draft of one listing."""

    def __init__(self, store: ObjectStore, key: ListingKey) -> None:
        self._store = store
        self._key = draft_key(key)

    def get(self, content: str) -> Draft | None:
        """Return the draft if it is of this content. Raises StoreError."""
        try:
            kept = CachedDraft.model_validate_json(self._store.get(self._key, limit=LIMIT))
        except (ObjectMissing, ValidationError):  # written by another version of this program: asked anew
            return None
        return kept.draft if kept.content == content else None

    def put(self, content: str, draft: Draft) -> None:
        """Keep a draft in the place of the last one. Raises StoreError."""
        kept = CachedDraft(content=content, draft=draft)
        self._store.put(self._key, kept.model_dump_json(indent=1).encode(), media_type="application/json")
