"""The webhook publisher: a receiver is told of each listing by a signed call, by Standard Webhooks."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook

from config.publishers import Webhook as Declared
from models.listing import ListingResult
from models.publication import Publication, PublishError, PublishRefused, Receipt
from models.store import ObjectStore, StoreError
from publishing.call import call, open_client
from publishing.document import build_document
from publishing.pictures import picture_of

PUBLISHED, WITHDRAWN = "listing.published", "listing.withdrawn"
PREFIX = "whsec_"
KEY_BYTES = range(24, 65)
MAX_PAYLOAD = 20_000
"""Bytes, by Standard Webhooks: photos are linked, not embedded."""
AT_HOME = {"facts", "marketplaces", "questions", "removed"}
"""What a bundle keeps and a call has no room for."""
ANSWER_SECONDS = 15.0
"""A receiver that thinks for longer should answer first and think later."""
LINK_SECONDS = 7 * 24 * 3600
"""How long a photo's address is good for: the longest that S3 allows."""


class WebhookPublisher:
    """Calls one receiver. It cannot be asked what it has: it deduplicates by ``webhook-id``."""

    def __init__(self, declared: Declared, *, store: ObjectStore, language: str, secrets: tuple[str, ...]) -> None:
        """Take the receiver's secrets, the newest first: each call is signed with all of them.

        Raises ValueError when there is none, or one is not ``whsec_`` and base64.
        """
        if not secrets:
            raise ValueError(f"{declared.name} has no secret in ETALASE_PUBLISHER_SECRETS")
        self.name = declared.name
        self._address = declared.url
        self._store = store
        self._language = language
        self._signers = tuple(_signer(declared.name, secret) for secret in secrets)
        self._client = open_client(seconds=ANSWER_SECONDS)

    def find_receipt(self, publication: Publication) -> Receipt | None:
        """Return ``None``: nothing is known."""
        return None

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        """Send ``listing.published`` with as many photos, the cover first, as the call has room for.

        Raises PublishError.
        """
        data = build_document(result, self._language).model_dump(mode="json", exclude=AT_HOME)
        for told, photo in zip(data["photos"], result.finished, strict=True):
            picture = picture_of(photo)
            del told["files"]
            told["sha256"] = picture.sha256
            told["url"] = self._share(picture.key)
        data["photo_count"] = len(data["photos"])
        return self._tell(publication, PUBLISHED, data)

    def withdraw(self, publication: Publication) -> Receipt:
        """Send ``listing.withdrawn``. Raises PublishError."""
        key = publication.key
        told = {"seller": key.seller, "listing": key.listing, "version": publication.version}
        return self._tell(publication, WITHDRAWN, told)

    def _share(self, key: str) -> str:
        try:
            return self._store.share(key, seconds=LINK_SECONDS)
        except StoreError as fault:
            raise PublishError(str(fault)) from fault

    def _tell(self, publication: Publication, kind: str, data: dict[str, Any]) -> Receipt:
        now = datetime.now(UTC)
        happened = publication.queued_at or now
        payload = {"type": kind, "timestamp": happened.isoformat(timespec="milliseconds"), "data": data}
        body = _write(payload)
        while len(body.encode()) > MAX_PAYLOAD and data.get("photos"):
            data["photos"].pop()
            body = _write(payload)
        if len(body.encode()) > MAX_PAYLOAD:
            raise PublishRefused(f"{publication.key}: its words alone are more than a webhook may have")
        identity = f"msg_{publication.idempotency_key}"
        headers = {
            "content-type": "application/json",
            "webhook-id": identity,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(signer.sign(identity, now, body) for signer in self._signers),
        }
        answer = call(self._client, "POST", self._address, body=body.encode(), headers=headers)
        if not answer.fine:
            raise PublishError(f"POST {self._address}: {answer.told}", retry_after=answer.retry_after)
        return Receipt.of(publication, self._address)


def _write(payload: dict[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def _signer(name: str, secret: str) -> Webhook:
    prefix, rest = secret[: len(PREFIX)], secret[len(PREFIX) :]
    try:
        key = base64.b64decode(rest, validate=True)
    except ValueError:
        key = b""
    if prefix != PREFIX or len(key) not in KEY_BYTES:
        # None of it may be told.
        raise ValueError(
            f"{name}: its secret in ETALASE_PUBLISHER_SECRETS is not {PREFIX} and 24 to 64 bytes in base64"
        )
    return Webhook(key)
