"""Finds photos that were there before: within a listing, and in the whole catalog."""

from models.fingerprint import Repeat, RepeatScope
from models.lease import Lease
from models.photo import Finished, PhotoResult
from processing.repeats import looks_same, mark_repeats
from storage.catalog.connection import Catalog
from storage.catalog.fingerprints import find_candidates


def know_again(catalog: Catalog, lease: Lease, photos: tuple[PhotoResult, ...]) -> tuple[PhotoResult, ...]:
    """Return a listing's photos, which the catalog has noted, with what each of them repeats.

    Noted first and then looked for: of two listings with the same photo that are worked on at once, the later
    one sees the other. Raises CatalogError.
    """
    return tuple(
        _look_elsewhere(catalog, lease, photo) if isinstance(photo, Finished) and photo.repeats is None else photo
        for photo in mark_repeats(photos)
    )


def _look_elsewhere(catalog: Catalog, lease: Lease, photo: Finished) -> Finished:
    if photo.fingerprint is None:
        return photo
    same = [
        candidate
        for candidate in find_candidates(catalog, lease.key, photo)
        if looks_same(photo.fingerprint.picture, candidate.picture)
    ]
    # Only who had it first counts: nobody is to blame for her own photo because somebody else has copied it.
    first = same[0].key if same else lease.key
    if first == lease.key:
        return photo
    if first.seller != lease.key.seller:
        return photo.model_copy(update={"repeats": Repeat(whose=RepeatScope.OTHER)})
    repeat = Repeat(whose=RepeatScope.SELLER, listing=first.listing, file=same[0].file)
    return photo.model_copy(update={"repeats": repeat})
