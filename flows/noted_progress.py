"""Records in the catalog how far each photo is, while a run works on what somebody waits for.

It is only shown: what cannot be written is left out, and no photo waits for it.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from flows.progress import Event, ListingBegun, PhotoBegun, PhotoDone, watched_by
from models.lease import Lease
from models.listing import ListingKey
from models.photo import SetAside
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.photo_progress import note_photo
from storage.catalog.states import PhotoState

log = logging.getLogger(__name__)


@contextmanager
def noted_in(catalog: Catalog) -> Iterator[None]:
    """Note each step of the flow in this block, one after the other, in a thread of its own."""
    leases: dict[ListingKey, Lease] = {}

    def note(lease: Lease, file: str | None, state: PhotoState, sha256: str | None = None) -> None:
        try:
            note_photo(catalog, lease, file, state, sha256=sha256)
        except CatalogError as fault:
            log.warning("how far %s is cannot be noted: %s", lease.key, fault)

    with ThreadPoolExecutor(1, "noting") as thread:

        def see(event: Event) -> None:
            match event:
                case ListingBegun(lease):
                    leases[lease.key] = lease
                    thread.submit(note, lease, None, PhotoState.NEW)
                case PhotoBegun(key):
                    listing = ListingKey.of(key)
                    thread.submit(note, leases[listing], key.file, PhotoState.WORKING)
                case PhotoDone(key, photo):
                    state = PhotoState.SET_ASIDE if isinstance(photo, SetAside) else PhotoState.FINISHED
                    thread.submit(note, leases[key], photo.file, state, photo.sha256)

        with watched_by(see):
            yield
