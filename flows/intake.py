"""Takes in what the webhook has queued: fetches linked photos into the place where all photos lie.

Nothing here imports Prefect. To take the same event in again is harmless: a file that is there already with the
same bytes is left alone, and an older event overwrites nothing that a newer one has brought, nor a photo that was
taken again since.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from config.settings import Settings
from flows.link_fetch import LinkFailed, LinkRefused, fetch_link
from models.event import DeliveryLease, PhotosUploaded
from models.lease import LeaseLost
from models.listing import ListingKey
from models.store import ObjectMissing, ObjectStore, StoreError
from processing.decode.limits import DecodeLimits
from storage.catalog.arrivals import COMPLETE_NOTE
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.deliveries import (
    drop_old_deliveries,
    files_of_newer_events,
    finish_looked_at,
    newest_delivery,
    queued_listings,
)
from storage.catalog.delivery_leases import (
    finish_deliveries,
    lease_deliveries,
    note_arrived,
    postpone_deliveries,
    renew_deliveries,
    return_deliveries,
)
from storage.catalog.holders import this_process
from storage.catalog.lease_rules import MAX_ATTEMPTS
from storage.catalog.pending import is_pending
from storage.catalog.takes import standing, takes_of, takes_of_photo
from storage.discovery import Discovery, discover, discover_listing
from storage.gps.removal import without_gps

log = logging.getLogger(__name__)

FETCHES = 8
"""Listings whose photos are fetched at the same time: all that costs is waiting."""
LEASE_SECONDS = 120.0
"""Longer than one link may take; renewed before each."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one event."""

    lease: DeliveryLease
    fault: str = ""
    """What of it could not be had; everything else was."""
    again: bool = False
    """True when that may pass."""


def take_in(
    settings: Settings, store: ObjectStore, catalog: Catalog, leases: Sequence[DeliveryLease]
) -> tuple[TakenIn, ...]:
    """Put what events bring under ``raw/``; most have done so before they were told.

    One whose lease is lost meanwhile is left out: somebody else takes it in. Raises CatalogError.
    """
    ends = []
    # The oldest first, so that the words of a newer one, which say that all is there, come after its photos.
    for lease in sorted(leases, key=lambda lease: lease.event.position):
        try:
            ends.append(_take_in(settings, store, catalog, lease))
        except LeaseLost as lost:
            log.warning("%s", lost)
        except StoreError as fault:
            ends.append(TakenIn(lease, str(fault), again=lease.attempts + 1 < MAX_ATTEMPTS))
    return tuple(ends)


def close(catalog: Catalog, ends: Sequence[TakenIn], *, processed: bool) -> None:
    """End the events' leases; those of a listing that is not ``processed`` stay queued. Raises CatalogError."""
    for end in ends:
        try:
            if end.again:
                postpone_deliveries(catalog, [end.lease], error=end.fault)
            elif end.fault:
                log.warning("%s: %s", end.lease.event.key, end.fault)
                finish_deliveries(catalog, [end.lease], error=end.fault)
            elif processed:
                finish_deliveries(catalog, [end.lease])
            else:
                return_deliveries(catalog, [end.lease])
        except LeaseLost as lost:
            log.warning("%s", lost)


def discover_all(
    settings: Settings, store: ObjectStore, catalog: Catalog, *, seller: str | None = None, prefix: str = ""
) -> Discovery:
    """Take in everything that is queued, then look at the whole store, or at one seller's part of it.

    From then on the catalog knows of all of it. Where the caller works only on listings whose own names begin with
    ``prefix``, what is queued about the others stays so, for a run of their own. Raises StoreError, CatalogError,
    InvalidKey.
    """

    def take_in_listing(key: ListingKey) -> None:
        leases = lease_deliveries(catalog, this_process(), key, seconds=LEASE_SECONDS)
        close(catalog, take_in(settings, store, catalog, leases), processed=True)

    until = newest_delivery(catalog)
    with ThreadPoolExecutor(FETCHES, "intake") as threads:
        to_fetch = queued_listings(catalog, kind="photos_uploaded", seller=seller, prefix=prefix)
        list(threads.map(take_in_listing, to_fetch))
    found = discover(store, catalog, seller=seller)
    finish_looked_at(catalog, until=until, seller=seller, prefix=prefix)
    drop_old_deliveries(catalog)
    return found


def discover_queued(settings: Settings, store: ObjectStore, catalog: Catalog) -> Discovery:
    """Take in everything that is queued, and look at the listings that it is about and at no others.

    What somebody else takes in is left to them. Once a listing is due in the catalog, whoever takes its lease
    processes it, so its events end here. Raises StoreError, CatalogError.
    """

    def take_in_listing(key: ListingKey) -> bool:
        leases = lease_deliveries(catalog, this_process(), key, seconds=LEASE_SECONDS)
        if not leases:
            return False
        ends = take_in(settings, store, catalog, leases)
        found = False
        try:
            discover_listing(store, catalog, key)
            found = True
        finally:
            close(catalog, ends, processed=found)
        return True

    with ThreadPoolExecutor(FETCHES, "intake") as threads:
        taken = sum(threads.map(take_in_listing, queued_listings(catalog)))
    return Discovery(listings=taken)


@asynccontextmanager
async def taken_in(
    settings: Settings, store: ObjectStore, catalog: Catalog, key: ListingKey
) -> AsyncIterator[None]:
    """Take in what is queued about a listing, and hold it until the block has processed the listing.

    A block that fails leaves all of it queued, for another run. Raises CatalogError.
    """
    leases = await asyncio.to_thread(lease_deliveries, catalog, this_process(), key, seconds=LEASE_SECONDS)
    ends = await asyncio.to_thread(take_in, settings, store, catalog, leases)
    processed = False
    keeper = asyncio.create_task(_keep(catalog, ends))
    try:
        yield
        processed = not await asyncio.to_thread(is_pending, catalog, key)
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
        await asyncio.to_thread(close, catalog, ends, processed=processed)


async def _keep(catalog: Catalog, ends: Sequence[TakenIn]) -> None:
    """Renew leases, well before they expire, until cancelled."""
    while True:
        await asyncio.sleep(LEASE_SECONDS / 4)
        for end in ends:
            try:
                await asyncio.to_thread(renew_deliveries, catalog, [end.lease], seconds=LEASE_SECONDS)
            except (LeaseLost, CatalogError) as fault:
                log.warning("%s", fault)


def _take_in(settings: Settings, store: ObjectStore, catalog: Catalog, lease: DeliveryLease) -> TakenIn:
    event = lease.event
    if not isinstance(event, PhotosUploaded):
        return TakenIn(lease)
    faults, again = [], False
    for photo in event.photos:
        renew_deliveries(catalog, [lease], seconds=LEASE_SECONDS)
        try:
            data = without_gps(fetch_link(photo.url, settings.link_hosts, limit=DecodeLimits().max_bytes))
        except (LinkRefused, LinkFailed) as fault:
            faults.append(f"{photo.file}: {fault}")
            again |= isinstance(fault, LinkFailed) and lease.attempts + 1 < MAX_ATTEMPTS
        else:
            if _taken_again(catalog, event, photo.file):
                continue
            place = event.key.photo(photo.file).raw
            if _put(store, catalog, lease, photo.file, place, data, "application/octet-stream"):
                lease = note_arrived(catalog, lease, photo.file)
    # Last, since it says that the listing is complete.
    if event.note is not None and not again:
        note = event.note.model_dump_json().encode()
        _put(store, catalog, lease, COMPLETE_NOTE, f"raw/{event.key}/{COMPLETE_NOTE}", note, "application/json")
    return TakenIn(lease, "; ".join(faults), again)


def _taken_again(catalog: Catalog, event: PhotosUploaded, file: str) -> bool:
    """Return whether a person has put another take of a photo in its place since the event."""
    take = standing(takes_of_photo(takes_of(catalog, event.key), file))
    return take is not None and take.at > event.at


def _put(
    store: ObjectStore, catalog: Catalog, lease: DeliveryLease, file: str, key: str, data: bytes, media_type: str
) -> bool:
    """Write a file, unless it is there already with these bytes; return False where a newer event's is there."""
    if file in files_of_newer_events(catalog, lease):
        return False
    with suppress(ObjectMissing):
        if store.get(key, limit=len(data)) == data:
            return True
    renew_deliveries(catalog, [lease], seconds=LEASE_SECONDS)
    store.put(key, data, media_type=media_type)
    return True
