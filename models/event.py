"""Events from outside that say that a listing has changed."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Discriminator

from models.listing import ListingKey
from models.note import SellerNote
from models.value import Value

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SEQUENCER_LENGTH = 64
"""Hexadecimal digits; the object stores give 16 to 20."""


class PhotoLink(Value):
    """A photo that is to be fetched."""

    file: str
    """Its name beside the listing's other photos."""
    url: str
    arrived: bool = False
    """True once it lies where all photos do."""


class ObjectChanged(Value):
    """The object store has written or removed one file of a listing."""

    kind: Literal["object_changed"] = "object_changed"
    key: ListingKey
    file: str
    sequencer: str = ""
    """Orders the changes of one file: hexadecimal, and the longer of two counts as if the shorter one ended in
    zeros. Empty where the store gives no order."""
    complete: bool = False
    """True when the file says that the listing has all its photos."""
    removed: bool = False
    """True when there is no such file any more."""

    @property
    def subject(self) -> str:
        """What the event is ordered within: the file."""
        return f"{self.key}/{self.file}"

    @property
    def position(self) -> str:
        """Its place there, as text that sorts; empty where there is no order."""
        return self.sequencer.upper().ljust(SEQUENCER_LENGTH, "0") if self.sequencer else ""

    @property
    def urgent(self) -> bool:
        """True when no further file is to be waited for."""
        return self.complete


class PhotosUploaded(Value):
    """The marketplace has photos of a listing, and perhaps the seller's words."""

    kind: Literal["photos_uploaded"] = "photos_uploaded"
    key: ListingKey
    at: datetime
    """When it happened, by the marketplace's clock."""
    photos: tuple[PhotoLink, ...] = ()
    """Empty when they lie in the object store already."""
    note: SellerNote | None = None

    @property
    def subject(self) -> str:
        """What the event is ordered within: the listing."""
        return f"{self.key}/"

    @property
    def position(self) -> str:
        """Its place there, as text that sorts."""
        return f"{(self.at - EPOCH) // timedelta(microseconds=1):020}"

    @property
    def urgent(self) -> bool:
        """True: the event names all that it is about."""
        return True

    def with_arrived(self, file: str) -> "PhotosUploaded":
        """Return the event with one of its photos arrived."""
        photos = tuple(
            photo.model_copy(update={"arrived": True}) if photo.file == file else photo for photo in self.photos
        )
        return self.model_copy(update={"photos": photos})


Event = Annotated[ObjectChanged | PhotosUploaded, Discriminator("kind")]


class Received(Value):
    """An event as it is to be queued."""

    identity: str
    """What its sender knows it by: the same again is a duplicate."""
    event: Event


class DeliveryLease(Value):
    """The right to work on one queued event."""

    id: int
    fencing_token: int
    """As a listing's lease has one."""
    attempts: int
    """Failures so far."""
    event: Event


class Delivery(Value):
    """An event as it stands in the queue."""

    id: int
    event: Event
    failed: bool
    """True when something of it could not be had, and a person must look; False while it waits for a worker."""
    received_at: datetime
    attempts: int
    """Failures so far."""
    error: str | None
    """The last failure, for engineers."""
