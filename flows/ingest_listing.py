"""The webhook's flow: takes in one listing that an event named, processes it now, and publishes it."""

from datetime import timedelta

from prefect import flow

from config.messages import load_messages
from config.settings import Settings
from flows.artifacts import shown_in_prefect
from flows.batch_work import Scope, work_on_due
from flows.intake import taken_in
from flows.publish_due import publish_due
from flows.run_label import name_run, tag_run
from flows.summary import BatchSummary
from models.listing import ListingKey
from storage.catalog.opening import open_catalog
from storage.object_store.opening import open_store

LIMIT = timedelta(hours=1)
"""Of a run for a single listing."""


@flow(name="ingest-listing", flow_run_name=name_run, timeout_seconds=LIMIT.total_seconds(), persist_result=False)
async def ingest_listing(seller: str, listing: str) -> BatchSummary:
    """Process one listing once its photos have settled, and publish what is approved.

    What the webhook has queued about it is held meanwhile, and ends when the listing is processed: a run that is
    killed leaves it to the next one.
    """
    settings = Settings()
    catalog, store = open_catalog(settings.catalog), open_store(settings.store)
    key = ListingKey(seller=seller, listing=listing)
    await tag_run(f"seller:{seller}")
    async with (
        shown_in_prefect(settings, load_messages(settings.language)),
        taken_in(settings, store, catalog, key),
    ):
        summary = await work_on_due(settings, Scope(seller, listing))
        return summary + await publish_due()
