"""Resumable uploads, and the links by which phones send them."""

from datetime import datetime
from enum import StrEnum

from models.listing import ListingKey
from models.value import Value

LINK = "link "
"""How the name begins that a phone with a link is known by; no account's has a space."""


class UploadLink(Value):
    """A link that lets whoever has it send photos of one listing and of new ones, for a while, and no more."""

    id: int
    key: ListingKey
    made_by: str
    expires_at: datetime

    @property
    def sender(self) -> str:
        """What the audit knows its photos by."""
        return f"{LINK}{self.id}"


class Upload(Value):
    """One photo that is arriving, or has arrived."""

    id: str
    key: ListingKey
    stem: str
    """Of the file's name; its extension is told by its content, once that is whole."""
    size: int
    """In bytes."""
    ends: tuple[int, ...]
    """Where each piece ends that was kept so far, in bytes."""
    expires_at: datetime | None
    """When it is given up, unless it is whole by then; ``None`` once its pieces are gone."""
    by: str
    """Who sends it."""
    file: str | None = None
    """Its name under ``raw/{seller}/{listing}/`` once it lies there."""
    replaces: str | None = None
    """The name there of the photo that it takes the place of; ``None`` for a further one."""

    @property
    def received(self) -> int:
        """How many bytes have been kept."""
        return self.ends[-1] if self.ends else 0

    @property
    def is_whole(self) -> bool:
        """True when every byte has been kept."""
        return self.received == self.size

    @property
    def folder(self) -> str:
        """Where its pieces lie in the object store: within what is her own, so that they go when she goes."""
        return f"uploads/{self.key.seller}/{self.id}/"

    @property
    def pieces(self) -> tuple[str, ...]:
        """The object store's keys of its pieces, in order."""
        starts = (0, *self.ends[:-1])
        return tuple(self.piece(start, end) for start, end in zip(starts, self.ends, strict=True))

    def piece(self, start: int, end: int) -> str:
        """The key of the piece from byte ``start`` up to ``end``."""
        return f"{self.folder}{start:010}-{end:010}"


class UploadRefusal(StrEnum):
    """Why a photo is not taken; each has its text in ``config/messages``."""

    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NO_PHOTO = "no_photo"
    """Its content is not a photo, whatever its name says."""
    UNKNOWN_FORMAT = "unknown_format"
    TOO_MANY_PHOTOS = "too_many_photos"
    TOO_MANY_OPEN = "too_many_open"
    TOO_MANY_PIECES = "too_many_pieces"
    TOO_MANY_RETAKES = "too_many_retakes"
    NO_SUCH_PHOTO = "no_such_photo"
    """The photo that is to be replaced is not among the listing's any more."""
    PRODUCT_TAKEN = "product_taken"
    """Somebody else has begun a product of this name."""
    NO_PRODUCT = "no_product"
    """There is no name of a product that a folder could have."""
    LINK_ENDED = "link_ended"
    SELLER_GONE = "seller_gone"


class UploadRefused(Exception):
    """A photo is not taken, and to send it again does not help."""

    def __init__(self, refusal: UploadRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class UploadMoved(Exception):
    """Somebody else has kept a piece from the same byte on meanwhile: to ask how far it is helps."""


class UploadGone(Exception):
    """There is no such upload: it was given up, or never begun, or its seller is to be forgotten."""
