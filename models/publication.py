"""Publishing: what is to be sent where, and what came back."""

import hashlib

from models.listing import ListingKey
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


class Publication(Value):
    """One row of the outbox: a version of a listing that is to reach one publisher."""

    key: ListingKey
    version: int
    publisher: str
    identity: str
    """:attr:`models.listing.ListingResult.identity` of what is published."""

    @property
    def idempotency_key(self) -> str:
        """The same for every attempt to send the same thing to the same place."""
        name = f"{self.publisher}\n{self.key}\n{self.version}\n{self.identity}"
        return hashlib.sha256(name.encode()).hexdigest()[:32]


class PublicationLease(Value):
    """The right to send one publication."""

    publication: Publication
    number: int
    """Fencing number, as with listings."""
    attempt: int
    """1 for the first."""


class Receipt(Value):
    """The receiver's word that it has a publication."""

    idempotency_key: str
    publisher: str
    key: ListingKey
    version: int
    location: str
    """Where it now lies or is shown."""
    files: dict[str, str]
    """SHA-256 of each file by its name there."""


class PublishError(Exception):
    """The receiver could not be reached or refused; nothing is known to be published."""
