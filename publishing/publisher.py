"""What every publisher can do; each is a file of its own beside this one."""

from typing import Protocol

from models.listing import ListingResult
from models.publication import Publication, Receipt


class Publisher(Protocol):
    """A place where listings go."""

    name: str
    """As it stands in the outbox."""

    def find_receipt(self, publication: Publication) -> Receipt | None:
        """Ask the receiver whether it has this publication already. Raises PublishError."""
        ...

    def publish(self, publication: Publication, result: ListingResult) -> Receipt:
        """Send a publication under its idempotency key. Raises PublishError."""
        ...
