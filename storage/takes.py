"""Photos that are taken again: the new take is put in the old one's place, and every take is kept.

The catalog says which take is in the listing, and the object store follows: whoever dies in between leaves the old
one there, and :func:`place_takes` goes on. Bytes of the same format take the old ones' key, all at once; those of
another one come beside them, under a name of their own, and discovery does not take the two for two photos. A take
is known by its bytes as they are kept: without GPS, even where a marketplace has put the photo there with it.
"""

import hashlib
import logging

from models.listing import ListingKey
from models.photo import PhotoKey
from models.store import ObjectMissing, ObjectStore, StoreError
from models.take import Take
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import is_welcome
from storage.catalog.reading import newest_result
from storage.catalog.takes import (
    Replaced,
    choose_take,
    lies_there,
    note_placed,
    standing,
    takes_of,
    takes_of_photo,
    unplaced_takes,
)
from storage.discovery import discover_listing
from storage.gps.removal import without_gps

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/octet-stream"


def where_it_lies(catalog: Catalog, photo: PhotoKey) -> PhotoKey:
    """Return where a photo lies now that has, or had, this place. Raises CatalogError."""
    if lies_there(catalog, photo):
        return photo
    now = standing(takes_of_photo(takes_of(catalog, _listing(photo)), photo.file))
    return now.photo if now else photo


def retake(
    store: ObjectStore, catalog: Catalog, photo: PhotoKey, data: bytes, *, file: str, by: str, upload: str
) -> None:
    """Put a new take in a photo's place, under the name ``file``, and keep what lay there.

    ``photo`` is where it lies, :func:`where_it_lies`. The same upload again changes nothing, but for what was not
    ended the first time. Raises LookupError for a listing or an upload that is gone; StoreError, CatalogError.
    """
    data = without_gps(data)
    sha256 = _hash(data)
    store.put(photo.take(sha256), data, media_type=MEDIA_TYPE)
    _choose(store, catalog, photo, sha256, file=file, by=by, upload=upload)


def go_back(store: ObjectStore, catalog: Catalog, photo: PhotoKey, sha256: str, *, by: str) -> None:
    """Put an earlier take of a photo in its place again; one that is there stays.

    Raises LookupError where there is no such take, or its listing is gone; StoreError, CatalogError.
    """
    takes = takes_of_photo(takes_of(catalog, _listing(photo)), photo.file)
    take = next((take for take in takes if take.sha256 == sha256), None)
    now = standing(takes)
    if take is None or now is None:
        raise LookupError(f"{photo.raw} has no take {sha256}")
    _choose(store, catalog, now.photo, sha256, file=take.file, by=by)


def place_takes(store: ObjectStore, catalog: Catalog, key: ListingKey | None = None) -> None:
    """Go on with what was chosen and is not in its place yet, of one listing if one is named.

    Raises StoreError, once all that could be placed is; CatalogError.
    """
    failed: StoreError | None = None
    for take in unplaced_takes(catalog, key):
        try:
            _place(store, catalog, take)
        except LookupError:
            log.info("%s is not placed, since its seller is forgotten", take.kept)
        except StoreError as fault:
            failed = fault
    if failed is not None:
        raise failed


def _choose(
    store: ObjectStore,
    catalog: Catalog,
    photo: PhotoKey,
    sha256: str,
    *,
    file: str,
    by: str,
    upload: str | None = None,
) -> None:
    """Have a take chosen whose bytes are kept already, once those that lie there are kept too."""
    there = _read(store, photo.raw)
    replaced = None
    if there is not None:
        bare = without_gps(there)
        store.put(photo.take(_hash(bare)), bare, media_type=MEDIA_TYPE)
        result = newest_result(catalog, _listing(photo))
        finished = result.finished if result else ()
        made = next((made for made in finished if made.sha256 == _hash(there)), None)
        replaced = Replaced(_hash(bare), made)
    try:
        choose_take(catalog, photo, sha256, replaced, file=file, by=by, upload=upload)
    except LookupError:
        if not is_welcome(catalog, photo.seller):
            store.clear(f"retakes/{_listing(photo)}/")
        raise
    for take in takes_of(catalog, _listing(photo)):
        if take.sha256 == sha256 and not take.placed:
            _place(store, catalog, take)


def _place(store: ObjectStore, catalog: Catalog, take: Take) -> None:
    """Have a photo's place hold what was chosen last, however many choose at once, and the listing follow."""
    while True:
        takes = [each for each in takes_of(catalog, take.key) if each.slot == take.slot]
        now = standing(takes) or take
        try:
            data = store.get(now.kept)
            if _read(store, now.photo.raw) != data:
                store.put(now.photo.raw, data, media_type=MEDIA_TYPE)
            for left in takes:
                there = None if left.file == now.file else _read(store, left.photo.raw)
                if there is not None and left.sha256 == _hash(without_gps(there)):
                    store.delete(left.photo.raw)
            if note_placed(catalog, take, now):
                break
        except LookupError:
            store.delete(now.photo.raw)
            store.clear(f"retakes/{take.key}/")
            raise
    discover_listing(store, catalog, take.key)


def _listing(photo: PhotoKey) -> ListingKey:
    return ListingKey.of(photo)


def _read(store: ObjectStore, key: str) -> bytes | None:
    try:
        return store.get(key)
    except ObjectMissing:
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
