"""Caches what was made of a photo beside its finished files, so that the same work is not done twice."""

import hashlib
from typing import TYPE_CHECKING

from pydantic import ValidationError

from models.fingerprint import Fingerprint
from models.identity import corrected_identity
from models.listing import ListingKey
from models.photo import Finished, PhotoKey
from models.store import ObjectMissing, ObjectStore
from models.strokes import Correction, mark_of, strokes_for
from models.value import Value
from processing.decode.limits import DecodeLimits

if TYPE_CHECKING:
    from flows.photo_work import PhotoContext

NAME = "photo.json"
"""No rendition's: theirs end as pictures do."""


class CachedPhoto(Value):
    """What was made of a photo, and from what."""

    basis: str
    """:attr:`flows.photo_work.PhotoContext.basis` of whoever made it."""
    photo: Finished
    """As it was before anybody looked for what it repeats."""
    fingerprint: Fingerprint | None


def store_cached(context: "PhotoContext", key: PhotoKey, photo: Finished) -> None:
    """Keep what was made of a photo, once all of its files lie there. Raises StoreError."""
    made = CachedPhoto(basis=context.basis, photo=photo, fingerprint=photo.fingerprint)
    place = _home(context, key, photo.sha256, photo.correction) + NAME
    context.store.put(place, made.model_dump_json().encode(), media_type="application/json")


def find_cached(context: "PhotoContext", key: PhotoKey, corrections: tuple[Correction, ...]) -> Finished | None:
    """Return what was made of just these bytes, in just this way and with the same strokes.

    ``None`` where that is not so, or where one of its files is not there any more. What was set aside is always
    tried again. Raises StoreError.
    """
    try:
        data = context.store.get(key.raw, limit=DecodeLimits().max_bytes)
        sha256 = hashlib.sha256(data).hexdigest()
        home = _home(context, key, sha256, mark_of(strokes_for(sha256, corrections)))
        made = CachedPhoto.model_validate_json(context.store.get(home + NAME))
    except (ObjectMissing, ValidationError):  # what another version of this program wrote may have other fields
        return None
    photo = made.photo.model_copy(update={"fingerprint": made.fingerprint})
    if (made.basis, photo.sha256, photo.file) != (context.basis, sha256, key.file):
        return None
    sizes = {found.key: found.size for found in context.store.list(home)}
    whole = all(sizes.get(rendition.key) == rendition.bytes for rendition in photo.renditions)
    return photo if whole else None


def newest_cached(store: ObjectStore, key: ListingKey, sha256: str) -> Finished | None:
    """Return what was made last of a listing's photo of these bytes, in whatever way; ``None`` if nothing was.

    It has no word of what the photo repeats. Raises StoreError.
    """
    home = f"renditions/{key.seller}/{key.listing}/{sha256}/"
    found = [each for each in store.list(home) if each.key.endswith(f"/{NAME}")]
    for each in sorted(found, key=lambda each: each.modified, reverse=True):
        try:
            return CachedPhoto.model_validate_json(store.get(each.key)).photo
        except (ObjectMissing, ValidationError):
            continue
    return None


def _home(context: "PhotoContext", key: PhotoKey, sha256: str, correction: str) -> str:
    return key.rendition(sha256, corrected_identity(context.identity, correction), "")
