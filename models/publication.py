"""Publications: what is to be sent where, their leases and receipts."""

import hashlib
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from models.fact import Fact
from models.listing import ListingKey, ListingResult
from models.suggestion import Asked, Copy, MarketplaceCopy, Removed
from models.value import Value


class PublishedPhoto(Value):
    """One photo of a published listing, by the names of its files."""

    files: dict[str, str]
    """File name in the publication by rendition name."""
    sha256: dict[str, str]
    """Hash of each file by rendition name."""
    score: int
    cutout: bool
    """False where the background was kept."""


class ListingDocument(Value):
    """What a marketplace receives of a listing. Its JSON Schema is published with the project."""

    schema_version: int = 1
    seller: str
    listing: str
    version: int
    language: str
    title: str
    description: str | None
    category: str
    price: int
    """In rupiah."""
    score: int
    photos: tuple[PublishedPhoto, ...]
    """The cover first."""
    keywords: tuple[str, ...] = ()
    """What buyers type, in ``language``."""
    alt_text: str | None = None
    """The picture in one sentence, in ``language``."""
    words: dict[str, Copy] = Field(default_factory=dict)
    """All words by language, ``id`` and ``en``."""
    facts: tuple[Fact, ...] = ()
    """What the words rest on."""
    marketplaces: tuple[MarketplaceCopy, ...] = ()
    questions: tuple[Asked, ...] = ()
    """What the seller could still say."""
    removed: tuple[Removed, ...] = ()
    """Claims that nothing bears out, taken out of the words."""


class Action(StrEnum):
    """What a publisher is to do with a listing."""

    PUBLISH = "publish"
    """Show it, or show its newer version."""
    WITHDRAW = "withdraw"
    """Take it down."""


class Publication(Value):
    """One row of the outbox: a version of a listing that is to reach one publisher, or to disappear there."""

    key: ListingKey
    version: int
    publisher: str
    identity: str
    """:attr:`models.listing.ListingResult.identity` of what is published."""
    content: str
    """:func:`content_hash` of what is published."""
    action: Action = Action.PUBLISH
    turn: int = 1
    """2 when the listing went back to what it said before, and so on; it begins higher where a listing of the same
    name was forgotten."""
    queued_at: datetime | None = None
    """When it entered the outbox, by the catalog's clock; ``None`` before."""

    @classmethod
    def of(cls, result: ListingResult, publisher: str) -> "Publication":
        """Return what is to be published of a result at one publisher."""
        return cls(
            key=result.key,
            version=result.version,
            publisher=publisher,
            identity=result.identity,
            content=content_hash(result),
        )

    @property
    def idempotency_key(self) -> str:
        """The same for every attempt to send the same thing to the same place."""
        parts = (self.publisher, self.key, self.version, self.identity, self.content, self.action, self.turn)
        return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def content_hash(result: ListingResult) -> str:
    """Return what tells two results apart for a buyer: photos, words and processing, but not the version.

    A photo that is sent again, or touched, with the same bytes leaves it as it was.
    """
    words = result.suggestion
    suggested = (words.title, words.category, words.price, words.description)
    parts = (
        result.identity,
        result.note.model_dump_json(),
        *(f"{photo.sha256} {photo.trusted} {photo.correction}".rstrip() for photo in result.finished),
        *(repr(None if each is None else each.value) for each in suggested),
        repr((words.keywords, words.alt_text)),
        "" if words.english is None else words.english.model_dump_json(),
        *(copy.model_dump_json() for copy in words.marketplaces),
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


class PublicationLease(Value):
    """The right to send one publication."""

    publication: Publication
    fencing_token: int
    """As a listing's lease has one."""
    attempt: int
    """1 for the first."""


class Receipt(Value):
    """The receiver's word that it has a publication, or has taken it down."""

    idempotency_key: str
    publisher: str
    key: ListingKey
    version: int
    location: str
    """Where it now lies or is shown; of a withdrawal, where it was."""
    files: dict[str, str]
    """SHA-256 of each file by its name there."""
    action: Action = Action.PUBLISH
    entry: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What a feed says of the listing: the values of each of its fields."""

    @classmethod
    def of(
        cls,
        publication: Publication,
        location: str,
        *,
        files: dict[str, str] | None = None,
        entry: dict[str, tuple[str, ...]] | None = None,
    ) -> "Receipt":
        """Return the receipt of a publication."""
        return cls(
            idempotency_key=publication.idempotency_key,
            publisher=publication.publisher,
            key=publication.key,
            version=publication.version,
            location=location,
            files=files or {},
            action=publication.action,
            entry=entry or {},
        )


class DeadLetter(Value):
    """A publication that was given up after repeated failures, or that its receiver refused."""

    publication: Publication
    attempts: int
    error: str | None
    """The last failure, for engineers."""


class ClosedPublisher(Value):
    """A publisher whose receiver wants nothing any more; a person may open it again."""

    name: str
    since: datetime
    reason: str


class PublishError(Exception):
    """The receiver could not be reached or refused; nothing is known to be published."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds that the receiver wants to be left alone for."""


class ReceiverDown(PublishError):
    """The receiver does not answer, or says that it is overloaded: what else it is to have waits too."""


class PublishRefused(PublishError):
    """The receiver will not take this publication however often it is sent; a person must look."""


class ReceiverGone(PublishError):
    """The receiver wants no publication any more, until a person says otherwise."""
