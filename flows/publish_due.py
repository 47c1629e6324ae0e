"""The publishing flow: drains the outbox."""

import asyncio
import logging

from prefect import flow

from config.settings import Settings
from flows.summary import BatchSummary
from models.lease import LeaseLost
from models.publication import PublicationLease, PublishError
from models.store import ObjectStore
from publishing.publishers import open_publisher
from storage.catalog.connection import Catalog
from storage.catalog.holders import this_process
from storage.catalog.opening import open_catalog
from storage.catalog.outbox import lease_publications, record_failure, record_receipt
from storage.catalog.reading import read_result
from storage.object_store.opening import open_store

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0
"""Longer than a publication ever takes: each is leased by itself, just before it is sent."""


@flow(name="publish-due", persist_result=False)
async def publish_due() -> BatchSummary:
    """Send every publication that is due, and return how many receipts came back and how many did not."""
    settings = Settings()
    catalog = open_catalog(settings.catalog)
    return await asyncio.to_thread(_drain, settings, catalog, open_store(settings.store))


def _drain(settings: Settings, catalog: Catalog, store: ObjectStore) -> BatchSummary:
    summary = BatchSummary()
    holder = this_process()
    while leases := lease_publications(catalog, holder, limit=1, seconds=LEASE_SECONDS):
        for lease in leases:
            try:
                summary += _send(settings, catalog, store, lease)
            except LeaseLost:
                log.warning("%s was taken over by another worker", lease.publication.key)
    return summary


def _send(settings: Settings, catalog: Catalog, store: ObjectStore, lease: PublicationLease) -> BatchSummary:
    """Send a publication unless the receiver has it already, and record the receipt or the failure."""
    publication = lease.publication
    try:
        publisher = open_publisher(publication.publisher, store=store, language=settings.language)
        receipt = publisher.find_receipt(publication)
        if receipt is None or receipt.idempotency_key != publication.idempotency_key:
            receipt = publisher.publish(publication, read_result(catalog, publication.key, publication.version))
    except (PublishError, ValueError, LookupError) as fault:
        log.warning("%s could not be published: %s", publication.key, fault)
        record_failure(catalog, lease, error=str(fault))
        return BatchSummary(unpublished=1)
    record_receipt(catalog, lease, receipt)
    return BatchSummary(published=1)
