"""Publishes feeds: renders all that is due at once, and rewrites the file over everything published."""

import hashlib
import heapq
import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flows.sending import LEASE_SECONDS, Sender, done
from flows.summary import BatchSummary
from models.lease import LeaseLost
from models.publication import Action, PublicationLease, PublishError, Receipt, ReceiverDown
from models.store import ObjectStore, StoreError
from publishing.pictures import hide_older_pictures
from publishing.publisher import Feed
from storage.catalog.arrivals import folder_of
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.holders import this_process
from storage.catalog.publication_leases import (
    hold_back,
    lease_publications,
    record_receipt,
    renew_publications,
)
from storage.catalog.publishers import (
    feed_mark,
    hold_feed,
    keep_feed,
    let_go_of_feed,
    mark_feed,
    standing_receipts,
)

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Listings to a rewriting."""
BATCH_SECONDS = LEASE_SECONDS / 3
"""After so long a rewriting begins, with those that are ready: their pictures may come over a slow line."""
RENEWED_EVERY = LEASE_SECONDS / 5


class FeedTaken(Exception):
    """Another worker holds the feed by now."""


def write_feed(sender: Sender, store: ObjectStore, feed: Feed) -> BatchSummary:
    """Bring a feed up to date, unless another process is at it.

    Its file is also written anew where it is not as it was left: by somebody else's hand, or by a process that was
    frozen while another one took over and woke up too late.
    """
    summary = BatchSummary()
    with held_feed(sender.catalog, feed.name) as hold:
        if hold is None:
            return summary
        as_left = feed_mark(sender.catalog, feed.name) in {None, _mark(store, feed)}
        if not as_left:
            log.warning("%s is written anew, since it is not as it was left", feed.files)
        try:
            if not as_left:
                _mend(sender.catalog, store, feed, hold)
            while (written := _write_batch(sender, store, feed, hold)) is not None:
                summary += written
        except FeedTaken:
            log.warning("%s was taken over by another worker", feed.files)
    return summary


def _write_batch(sender: Sender, store: ObjectStore, feed: Feed, hold: int) -> BatchSummary | None:
    """Render what is due, rewrite the file with it, and record the receipts; ``None`` where nothing is due.

    Raises FeedTaken.
    """
    begun = time.monotonic()
    summary = BatchSummary()
    ready: list[tuple[PublicationLease, Receipt]] = []
    met = 0
    while not met or (met < AT_ONCE and time.monotonic() - begun < BATCH_SECONDS):
        leases = lease_publications(
            sender.catalog, this_process(), limit=1, seconds=LEASE_SECONDS, publisher=feed.name
        )
        if not leases:
            break
        met += 1
        try:
            ready.append((leases[0], sender.send(leases[0])))
        except CatalogError:
            raise
        except Exception as fault:
            summary += sender.record(leases[0], fault)
    if not met:
        return None
    return summary + _publish_ready(sender, store, feed, hold, ready)


def _publish_ready(
    sender: Sender, store: ObjectStore, feed: Feed, hold: int, ready: list[tuple[PublicationLease, Receipt]]
) -> BatchSummary:
    """Rewrite the file with what is rendered, and record the receipts. Raises FeedTaken."""
    summary = BatchSummary()
    ours = renew_publications(sender.catalog, [lease for lease, _ in ready], seconds=LEASE_SECONDS)
    for lease, _ in ready:
        if lease not in ours:
            sender.mend(lease)
    ready = [(lease, receipt) for lease, receipt in ready if lease in ours]
    if not ready:
        return summary
    new = {folder_of(receipt.key): receipt for _, receipt in ready}
    try:
        sellers = {receipt.key.seller for receipt in new.values()}
        writing = _Writing(sender.catalog, feed, hold, tuple(lease for lease, _ in ready))
        _rewrite(writing, store, new, sellers)
        for receipt in new.values():
            hide_older_pictures(store, feed.name, receipt)
    except FeedTaken:
        for lease, _ in ready:
            _give_back(sender, lease)
        raise
    except CatalogError:
        raise
    except Exception as fault:
        if not isinstance(fault, PublishError | StoreError):
            log.exception("%s could not be written", feed.files)
        down = ReceiverDown(str(fault))
        return sum((sender.record(lease, down) for lease, _ in ready), summary)
    for lease, receipt in ready:
        try:
            record_receipt(sender.catalog, lease, receipt)
            summary += done(receipt)
        except LeaseLost:
            sender.mend(lease)
    return summary


def _give_back(sender: Sender, lease: PublicationLease) -> None:
    """Leave a publication to whoever holds the feed by now."""
    try:
        hold_back(sender.catalog, lease, error="the feed was taken over by another worker")
    except LeaseLost:
        sender.mend(lease)


def _mend(catalog: Catalog, store: ObjectStore, feed: Feed, hold: int) -> None:
    try:
        _rewrite(_Writing(catalog, feed, hold), store, {}, None)
    except (CatalogError, FeedTaken):
        raise
    except Exception:
        log.exception("%s could not be written, which is tried again", feed.files)


class _Writing:
    """A rewriting that is under way: what it holds is renewed while it lasts, however long that is."""

    def __init__(self, catalog: Catalog, feed: Feed, hold: int, leases: tuple[PublicationLease, ...] = ()) -> None:
        self.catalog, self.feed, self.hold = catalog, feed, hold
        self._leases = leases
        self._renewed = -RENEWED_EVERY

    def renew(self, *, now: bool = False) -> None:
        """Hold feed and publications for longer, ``now`` or if that is a while ago. Raises FeedTaken."""
        if not now and time.monotonic() - self._renewed < RENEWED_EVERY:
            return
        if not keep_feed(self.catalog, self.feed.name, self.hold, seconds=LEASE_SECONDS):
            raise FeedTaken(self.feed.name)
        # One that is lost meanwhile is told when its receipt is recorded.
        renew_publications(self.catalog, self._leases, seconds=LEASE_SECONDS)
        self._renewed = time.monotonic()

    def kept(self, receipts: Iterable[Receipt]) -> Iterator[Receipt]:
        """Yield receipts as they are written; after the last one the file takes its place. Raises FeedTaken."""
        for receipt in receipts:
            self.renew()
            yield receipt
        self.renew(now=True)


def _rewrite(writing: _Writing, store: ObjectStore, new: dict[str, Receipt], sellers: set[str] | None) -> None:
    """Write a feed over what stands and what is new: whole, or the files of these sellers.

    Raises FeedTaken, PublishError, StoreError.
    """
    catalog, feed = writing.catalog, writing.feed
    writing.renew(now=True)
    if feed.per_seller:
        if sellers is None:
            # Also who has a file and nothing that stands: it was written too late.
            sellers = {receipt.key.seller for receipt in standing_receipts(catalog, feed.name)}
            sellers |= {found.key.removeprefix(feed.files).partition("/")[0] for found in store.list(feed.files)}
        for seller in sorted(sellers):
            writing.renew()
            standing = standing_receipts(catalog, feed.name, seller=seller)
            hers = {folder: receipt for folder, receipt in new.items() if receipt.key.seller == seller}
            feed.rewrite(_merge(standing, hers), seller)
    else:
        feed.rewrite(writing.kept(_merge(standing_receipts(catalog, feed.name), new)), None)
    if not mark_feed(catalog, feed.name, writing.hold, _mark(store, feed)):
        raise FeedTaken(feed.name)


def _merge(standing: Iterable[Receipt], new: dict[str, Receipt]) -> Iterator[Receipt]:
    """Yield what stands with what is new in its place, in the order of the object store's keys."""
    kept = ((folder_of(each.key), each) for each in standing if folder_of(each.key) not in new)
    both = heapq.merge(kept, sorted(new.items()), key=lambda pair: pair[0].encode())
    return (receipt for _, receipt in both if receipt.action is Action.PUBLISH)


def _mark(store: ObjectStore, feed: Feed) -> str:
    """Return what changes whenever anybody writes one of the feed's files."""
    mark = hashlib.sha256()
    for found in store.list(feed.files):
        mark.update(f"{found.key}\n{found.etag}\n".encode())
    return mark.hexdigest()[:32]


@contextmanager
def held_feed(catalog: Catalog, name: str) -> Iterator[int | None]:
    """Hold a feed while the block runs, so that nobody else writes it; ``None`` where somebody else does."""
    hold = hold_feed(catalog, name, this_process(), seconds=LEASE_SECONDS)
    try:
        yield hold
    finally:
        if hold is not None:
            let_go_of_feed(catalog, name, hold)
