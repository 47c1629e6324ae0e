"""Approves a listing: its outbox rows in one transaction, then a Prefect event that publishes at once."""

import asyncio
import logging
import os
from datetime import UTC, datetime
from uuid import uuid4

from config.publishers import publisher_names
from config.settings import Settings
from flows.prefect_api import ServerAway, ServerRefused, ask
from flows.request import has_server
from models.listing import ListingKey
from models.review import Review
from storage.catalog.connection import Catalog
from storage.catalog.reviews import approve

log = logging.getLogger(__name__)

APPROVED = "etalase.listing.approved"
"""The event on which ``prefect.yaml`` has ``publish-due`` run."""


async def approve_listing(
    settings: Settings, catalog: Catalog, key: ListingKey, *, version: int, by: str
) -> Review:
    """Have a version of a listing published that ``by`` has seen; return what was taken down.

    Nothing is sent here: it is due from now on, and where a Prefect server is named a worker begins at once.
    Raises ReviewRefused, LookupError for a listing that is not known, CatalogError; PresetError where the
    publishers are declared wrongly.
    """
    publishers = publisher_names(settings.publishers)
    review = await asyncio.to_thread(approve, catalog, key, version=version, by=by, publishers=publishers)
    if has_server():
        await asyncio.to_thread(_tell, review)
    return review


def _tell(review: Review) -> None:
    """Tell the server of an approval; if that fails, the next run that publishes finds it all the same."""
    event = {
        "id": str(uuid4()),
        "occurred": datetime.now(UTC).isoformat(),
        "event": APPROVED,
        "resource": {"prefect.resource.id": f"etalase.listing.{review.key}"},
        "payload": {"version": review.version},
    }
    try:
        ask(os.environ["PREFECT_API_URL"], "events", [event])
    except (ServerAway, ServerRefused) as fault:
        log.warning("%s is published some minutes later, since Prefect was not told: %s", review.key, fault)
