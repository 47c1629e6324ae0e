"""What every publisher can do; each is a file of its own beside this one."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from models.listing import ListingResult
from models.publication import Publication, Receipt


class Publisher(Protocol):
    """A place where listings go.

    Its methods raise PublishError, or the kind of it that says what to do next: ReceiverDown, PublishRefused,
    ReceiverGone.
    """

    name: str
    """As it stands in the outbox."""

    def find_receipt(self, publication: Publication) -> Receipt | None:
        """Ask the receiver whether it has this publication already.

        ``None`` says that it has not, or cannot tell: then it is sent again under the same idempotency key, and
        the receiver takes it no second time.
        """
        ...

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        """Send a listing, or its newer version, under the publication's idempotency key."""
        ...

    def withdraw(self, publication: Publication) -> Receipt:
        """Have a listing taken down; one that is not there is down already."""
        ...


@runtime_checkable
class Feed(Publisher, Protocol):
    """A publisher that is files over all published listings: a receipt's entry takes effect by a rewriting.

    One process at a time may rewrite it.
    """

    files: str
    """What the keys of its files in the object store begin with."""
    per_seller: bool
    """True when each seller has a file of her own."""

    def rewrite(self, receipts: Iterable[Receipt], seller: str | None) -> None:
        """Write the file anew so that it shows exactly these receipts' entries: one seller's, or all."""
        ...
