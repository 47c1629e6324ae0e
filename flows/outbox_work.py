"""Drains the outbox, without Prefect: sends what is due, feeds first, then publisher by publisher."""

from config.publishers import load_publishers
from config.settings import Settings
from flows.feed_work import write_feed
from flows.sending import Sender
from flows.summary import BatchSummary
from publishing.publisher import Feed
from publishing.publishers import open_publishers
from storage.catalog.backfill import backfill
from storage.catalog.opening import open_catalog
from storage.catalog.publication_leases import publishers_due
from storage.object_store.opening import open_store


def drain_outbox(settings: Settings) -> BatchSummary:
    """Send every publication that is due, and return how many receipts came back and how many did not.

    Raises StoreError, CatalogError, and ValueError where a publisher is declared wrongly or lacks its secret.
    """
    catalog, store = open_catalog(settings.catalog), open_store(settings.store)
    publishers = open_publishers(
        load_publishers(settings.publishers),
        store=store,
        language=settings.language,
        secrets_of=settings.secrets_of,
    )
    backfill(catalog, tuple(publishers))
    sender = Sender(catalog, publishers)
    summary = BatchSummary()
    for publisher in publishers.values():
        if isinstance(publisher, Feed):
            summary += write_feed(sender, store, publisher)
    for name in publishers_due(catalog):
        if not isinstance(publishers.get(name), Feed):
            summary += sender.drain(name)
    return summary
