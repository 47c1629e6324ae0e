"""Sends what is due at one publisher: looks for a receipt first, and records what came of it."""

import logging
from collections.abc import Mapping

from flows.progress import PublicationEnded, tell
from flows.summary import BatchSummary
from models.lease import LeaseLost
from models.publication import (
    Action,
    Publication,
    PublicationLease,
    PublishError,
    PublishRefused,
    Receipt,
    ReceiverDown,
    ReceiverGone,
)
from publishing.publisher import Publisher
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.forgotten import knows
from storage.catalog.holders import this_process
from storage.catalog.publication_leases import hold_back, lease_publications, record_failure, record_receipt
from storage.catalog.publishers import close_publisher, pause_publisher
from storage.catalog.reading import read_result
from storage.catalog.resending import send_newest_again

log = logging.getLogger(__name__)

LEASE_SECONDS = 300.0
"""Longer than a publication ever takes: each is leased by itself, just before it is sent."""


def done(receipt: Receipt) -> BatchSummary:
    """Tell of one receipt that is recorded, and return its count."""
    tell(PublicationEnded(receipt.key, receipt.publisher, receipt.location, sent=True))
    if receipt.action is Action.WITHDRAW:
        return BatchSummary(withdrawn=1)
    return BatchSummary(published=1)


class Sender:
    """Sends publications of one catalog."""

    def __init__(self, catalog: Catalog, publishers: Mapping[str, Publisher]) -> None:
        self.catalog = catalog
        self._publishers = publishers

    def drain(self, name: str) -> BatchSummary:
        """Send what is due at one publisher, one by one, until nothing is or its receiver is down."""
        summary = BatchSummary()
        while leases := lease_publications(
            self.catalog, this_process(), limit=1, seconds=LEASE_SECONDS, publisher=name
        ):
            try:
                receipt = self.send(leases[0])
                record_receipt(self.catalog, leases[0], receipt)
                summary += done(receipt)
            except LeaseLost:
                self.mend(leases[0])
            except CatalogError:
                raise
            except Exception as fault:
                summary += self.record(leases[0], fault)
                if isinstance(fault, ReceiverDown | ReceiverGone):
                    break
        return summary

    def send(self, lease: PublicationLease) -> Receipt:
        """Send a publication unless the receiver has it already. Raises PublishError, LookupError, ValueError.

        What else it raises is a fault of ours, or an answer that nobody has thought of.
        """
        publication = lease.publication
        publisher = self._publishers.get(publication.publisher)
        if publisher is None:
            # Not for good: a worker that was started later may know it.
            raise PublishError(f"no publisher named {publication.publisher} is declared")
        receipt = publisher.find_receipt(publication)
        if receipt is not None and receipt.idempotency_key == publication.idempotency_key:
            return receipt
        if publication.action is Action.WITHDRAW:
            return publisher.withdraw(publication)
        return publisher.publish(publication, read_result(self.catalog, publication.key, publication.version))

    def record(self, lease: PublicationLease, fault: Exception) -> BatchSummary:
        """Write that a publication was not sent, and leave its receiver alone where that is what it wants.

        A fault that nobody has thought of is tried again, like one that may pass.
        """
        publication = lease.publication
        expected = isinstance(fault, PublishError | LookupError | ValueError)
        error = str(fault) if expected else repr(fault)
        unexpected = None if expected else fault
        log.warning(
            "%s could not be sent to %s: %s", publication.key, publication.publisher, error, exc_info=unexpected
        )
        tell(PublicationEnded(publication.key, publication.publisher, error, sent=False))
        try:
            if isinstance(fault, ReceiverGone):
                close_publisher(self.catalog, publication.publisher, reason=error)
                hold_back(self.catalog, lease, error=error)
                return BatchSummary(unpublished=1)
            wish = fault.retry_after if isinstance(fault, PublishError) else None
            if isinstance(fault, ReceiverDown) and wish is not None:
                pause_publisher(self.catalog, publication.publisher, seconds=wish)
            final = isinstance(fault, PublishRefused | LookupError | ValueError)
            record_failure(self.catalog, lease, error=error, retry_after=wish, final=final)
        except LeaseLost:
            self.mend(lease)
        return BatchSummary(unpublished=1)

    def mend(self, lease: PublicationLease) -> None:
        """Have the newest word stand at a receiver to which an older one may have come after it.

        Of a seller who was forgotten meanwhile there is no word any more: what came late is taken down at once.
        """
        log.warning("%s was taken over by another worker", lease.publication.key)
        if not knows(self.catalog, lease.publication.key.seller):
            self._take_down(lease.publication)
        elif send_newest_again(self.catalog, lease.publication):
            log.warning("%s is sent again, since an older version was late", lease.publication.key)

    def _take_down(self, late: Publication) -> None:
        publisher = self._publishers.get(late.publisher)
        if publisher is None or late.action is Action.WITHDRAW:
            return
        # A turn that no publication of the outbox ever has: the receiver has not heard of this one.
        unasked = late.model_copy(update={"action": Action.WITHDRAW, "turn": -late.turn})
        try:
            publisher.withdraw(unasked)
        except Exception:
            log.exception("%s of a forgotten seller may be shown by %s", late.key, late.publisher)
