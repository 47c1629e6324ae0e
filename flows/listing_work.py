"""One leased listing: its photos through the pool, its parts put together, its result recorded."""

import asyncio

from config.approval import load_approval_rule
from config.settings import Settings
from flows.photo_work import Bench
from flows.pool import PhotoPool
from flows.progress import ListingDone, PhotoDone, tell
from models.lease import Lease
from models.listing import ListingResult, Wait, WaitReason
from models.note import NoteProblem, NoteUnreadable, SellerNote
from models.photo import PhotoKey, PhotoResult
from models.publication import Publication
from models.store import ObjectMissing, ObjectStore
from processing.listing import assemble_listing
from processing.suggest.note import MAX_BYTES, read_note
from processing.suggest.suggest import suggest
from publishing.publishers import DEFAULT_PUBLISHERS
from storage.catalog.connection import Catalog
from storage.catalog.results import finish


async def work_on_listing(
    settings: Settings, bench: Bench, catalog: Catalog, pool: PhotoPool, lease: Lease
) -> ListingResult:
    """Process one leased listing and record the result; a publishable one enters the outbox at the same moment.

    Raises
    ------
    StoreError
        When the object store fails.
    LeaseLost
        When somebody else has taken the listing; nothing is recorded then.
    """

    async def work(key: PhotoKey) -> PhotoResult:
        photo = await pool.work(key)
        tell(PhotoDone(lease.key, photo))
        return photo

    photos = await asyncio.gather(*(work(key) for key in lease.photos))
    result = await asyncio.to_thread(_record, settings, bench, catalog, lease, tuple(photos))
    tell(ListingDone(result))
    return result


def _record(
    settings: Settings, bench: Bench, catalog: Catalog, lease: Lease, photos: tuple[PhotoResult, ...]
) -> ListingResult:
    note, obstacles = _read_note(bench.store, lease)
    result = assemble_listing(
        lease.key,
        version=lease.version,
        identity=bench.identity,
        note=note,
        photos=photos,
        suggestion=suggest(note, settings.language),
        rule=load_approval_rule(),
        obstacles=obstacles,
    )
    publications = tuple(
        Publication(key=lease.key, version=lease.version, publisher=publisher, identity=bench.identity)
        for publisher in DEFAULT_PUBLISHERS
        if result.publishable
    )
    bench.store.put(lease.key.document, result.model_dump_json(indent=1).encode(), media_type="application/json")
    finish(catalog, lease, result, publications)
    return result


def _read_note(store: ObjectStore, lease: Lease) -> tuple[SellerNote, tuple[Wait, ...]]:
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
    return SellerNote(), (Wait(reason=WaitReason.NOTE_UNREADABLE, file=lease.note_file, detail=problem),)
