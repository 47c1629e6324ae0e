"""Processes the leased listings of one task together."""

import asyncio
import logging

from config.publishers import publisher_names
from config.settings import Settings
from drafting.opening import open_drafter
from flows.listing_work import leave_to_others, work_on_listing
from flows.photo_work import PhotoContext
from flows.pool import PhotoPool
from flows.progress import PhotosFound, tell
from flows.recording import Recording
from flows.summary import BatchSummary
from models.edit import Overrides
from models.lease import Lease, LeaseLost
from models.store import StoreError
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.edits import overrides_of_all
from storage.catalog.leases import release

log = logging.getLogger(__name__)


class TaskContext:
    """What a task works with: settings, catalog, process pool, drafter and publishers."""

    def __init__(
        self,
        settings: Settings,
        photo_context: PhotoContext,
        catalog: Catalog,
        pool: PhotoPool,
        *,
        publish: bool = True,
    ) -> None:
        """Open all of it that is not open yet. Raises ModelUnusable."""
        self.photo_context = photo_context
        self.catalog = catalog
        self.pool = pool
        self.publish = publish
        self.ended: dict[Lease, BatchSummary] = {}
        """What became of listings of a task that is to be tried again for the sake of others."""
        self.drafter = open_drafter(settings)
        self.publishers = publisher_names(settings.publishers)


async def process_listings(context: TaskContext, leases: tuple[Lease, ...]) -> BatchSummary:
    """Process leased listings; one that fails is released or dropped, and the others go on.

    Raises CatalogError, once all that could be finished is finished, when the catalog failed: the leases of the
    others are then still held. The same ones may be given here again, and what has ended is not done twice.
    """
    tell(PhotosFound(sum(len(lease.files) for lease in leases)))
    left = [lease for lease in leases if lease not in context.ended]
    # What is said from now on makes a new version of its listing, which falls due.
    overrides = await asyncio.to_thread(overrides_of_all, context.catalog, [lease.key for lease in left])
    recording = Recording(context.catalog)
    ends = await asyncio.gather(
        *(_process(context, recording, lease, overrides[lease.key]) for lease in left), return_exceptions=True
    )
    context.ended |= {lease: end for lease, end in zip(left, ends, strict=True) if isinstance(end, BatchSummary)}
    for end in ends:
        if isinstance(end, BaseException):
            raise end
    return sum((context.ended.pop(lease) for lease in leases), BatchSummary())


async def _process(context: TaskContext, recording: Recording, lease: Lease, overrides: Overrides) -> BatchSummary:
    try:
        result = await work_on_listing(
            context.photo_context,
            recording,
            context.pool,
            lease,
            overrides,
            publishers=context.publishers,
            drafter=context.drafter,
            publish=context.publish,
        )
    except LeaseLost:
        log.warning("%s was taken over by another worker", lease.key)
        return BatchSummary()
    except StoreError as fault:
        log.warning("%s is tried again later: %s", lease.key, fault)
        return await _postpone(context, lease, str(fault))
    except CatalogError:
        raise
    except Exception as fault:
        # A fault of ours: the others go on, and after some tries this one waits for a person.
        log.exception("%s could not be processed", lease.key)
        return await _postpone(context, lease, repr(fault))
    return BatchSummary.of(result)


async def _postpone(context: TaskContext, lease: Lease, error: str) -> BatchSummary:
    try:
        await asyncio.to_thread(release, context.catalog, lease, error=error)
    except LeaseLost:
        log.warning("%s was taken over by another worker", lease.key)
        await asyncio.to_thread(leave_to_others, context.photo_context.store, context.catalog, lease)
        return BatchSummary()
    return BatchSummary(postponed=1)
