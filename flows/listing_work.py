"""Processes one leased listing: sends its photos through the pool, assembles the result and records it."""

import asyncio
import functools
from typing import TYPE_CHECKING

from drafting.draft_cache import DraftCache, draft_key
from flows.photo_cache import find_cached
from flows.photo_work import PhotoContext
from flows.pool import PhotoPool
from flows.progress import ListingBegun, ListingDone, PhotoDone, tell
from flows.recording import Recording
from flows.repeats import know_again
from flows.suggesting import Material, propose
from models.edit import Overrides
from models.lease import Lease, LeaseLost
from models.listing import Hold, HoldReason, ListingKey, ListingResult
from models.note import NoteProblem, NoteUnreadable, SellerNote
from models.photo import Finished, PhotoKey, PhotoResult
from models.publication import Publication
from models.rendition import smallest_jpeg
from models.store import ObjectMissing, ObjectStore
from models.suggestion import Suggestion
from processing.listing import assemble_listing, in_order
from processing.suggest.note import MAX_BYTES, read_note
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import is_welcome
from storage.catalog.reading import newest_result
from storage.catalog.results import Ending

if TYPE_CHECKING:
    from drafting.drafter import Drafter


async def work_on_listing(
    context: PhotoContext,
    recording: Recording,
    pool: PhotoPool,
    lease: Lease,
    overrides: Overrides,
    *,
    publishers: tuple[str, ...],
    drafter: "Drafter | None" = None,
    publish: bool = True,
) -> ListingResult:
    """Process one leased listing and record the result; an approved one enters the outbox at the same moment.

    ``overrides`` are what people have said of it; ``publishers`` are the names of those that it goes to. Unless
    ``publish``, only a person approves: until one does it stays ready, however good it is.

    Raises
    ------
    StoreError
        When the object store fails.
    LeaseLost
        When somebody else has taken the listing; nothing is recorded then. Of a seller who was forgotten
        meanwhile nothing is left in the object store either.
    """
    tell(ListingBegun(lease))
    obstacles: tuple[Hold, ...] = ()
    if context.lacks(overrides):
        obstacles = (Hold(reason=HoldReason.RECIPE_GONE),)
    context = context.following(overrides)

    async def work(key: PhotoKey) -> PhotoResult:
        # Of what nobody has taken before nothing was made.
        made = (
            await asyncio.to_thread(find_cached, context, key, overrides.corrections)
            if lease.version > 1 or lease.fencing_token > 1
            else None
        )
        photo = made or await pool.work(key, overrides)
        tell(PhotoDone(lease.key, photo))
        return photo

    ends = await asyncio.gather(*(work(key) for key in lease.photos), return_exceptions=True)
    # Not before all have ended: what one of them still wrote would be nobody's.
    photos = tuple(_photo(end) for end in ends)
    material, met = await asyncio.to_thread(_gather, context.store, lease, overrides, photos)
    suggestion = await propose(material, context.marketplaces, drafter, DraftCache(context.store, lease.key))
    put_together = functools.partial(
        _put_together,
        context,
        recording.catalog,
        lease,
        order=overrides.order,
        publishers=publishers,
        publish=publish,
    )
    try:
        await recording.note(lease, photos)
        ending = await asyncio.to_thread(put_together, photos, material.note, suggestion, (*obstacles, *met))
        await recording.finish(ending)
    except LeaseLost:
        await asyncio.to_thread(leave_to_others, context.store, recording.catalog, lease)
        raise
    tell(ListingDone(ending.result))
    return ending.result


def _photo(end: PhotoResult | BaseException) -> PhotoResult:
    if isinstance(end, BaseException):
        raise end
    return end


def _put_together(
    context: PhotoContext,
    catalog: Catalog,
    lease: Lease,
    photos: tuple[PhotoResult, ...],
    note: SellerNote,
    suggestion: Suggestion,
    obstacles: tuple[Hold, ...],
    *,
    order: tuple[str, ...],
    publishers: tuple[str, ...],
    publish: bool,
) -> Ending:
    """Return what was made of the listing, whose document lies in the store by then."""
    result = assemble_listing(
        lease.key,
        version=lease.version,
        identity=context.identity,
        note=note,
        photos=know_again(catalog, lease, photos),
        suggestion=suggestion,
        rule=context.rule,
        marketplaces=context.marketplaces,
        obstacles=obstacles,
        order=order,
    )
    publications = tuple(Publication.of(result, name) for name in publishers)
    text = result.model_dump_json()
    _put_document(context.store, result.key, text)
    return Ending(lease, result, publications, by_itself=publish, text=text)


def leave_to_others(store: ObjectStore, catalog: Catalog, lease: Lease) -> None:
    """Have the object store say of a listing that was taken from us what others have made of it.

    Raises StoreError, CatalogError.
    """
    if not is_welcome(catalog, lease.key.seller):
        store.clear(f"renditions/{lease.key}/")
        store.delete(lease.key.document)
        store.delete(draft_key(lease.key))
    elif newest := newest_result(catalog, lease.key):
        # Ours may lie over what the one who took the listing has written.
        _put_document(store, newest.key, newest.model_dump_json())


def _put_document(store: ObjectStore, key: ListingKey, text: str) -> None:
    store.put(key.document, text.encode(), media_type="application/json")


def _gather(
    store: ObjectStore, lease: Lease, overrides: Overrides, photos: tuple[PhotoResult, ...]
) -> tuple[Material, tuple[Hold, ...]]:
    """Return what the listing's words are made from, and reasons to wait that were met on the way."""
    note, obstacles = _read_note(store, lease)
    finished = in_order(tuple(photo for photo in photos if isinstance(photo, Finished)), overrides.order)
    smallest = smallest_jpeg(finished[0].renditions) if finished else None
    picture = (lambda: store.get(smallest.key)) if smallest else (lambda: None)
    return Material(note, finished, overrides, picture), obstacles


def _read_note(store: ObjectStore, lease: Lease) -> tuple[SellerNote, tuple[Hold, ...]]:
    """Return her words, and a reason to wait where the file that should hold them cannot be read."""
    if lease.note_file is None:
        return SellerNote(), ()
    try:
        data = store.get(f"raw/{lease.key}/{lease.note_file}", limit=MAX_BYTES)
        return read_note(lease.note_file, data), ()
    except NoteUnreadable as fault:
        problem = fault.problem
    except ObjectMissing:
        problem = NoteProblem.MISSING
    return SellerNote(), (Hold(reason=HoldReason.NOTE_UNREADABLE, file=lease.note_file, detail=problem),)
