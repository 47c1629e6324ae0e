"""Which of a listing's photos were there before: within it, and among all that the catalog knows."""

from models.fingerprint import Repeat, Whose
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
    if not same:
        return photo
    # Another seller's weighs more than one's own; and who had it first is told of one's own alone.
    if any(candidate.key.seller != lease.key.seller for candidate in same):
        return photo.model_copy(update={"repeats": Repeat(whose=Whose.OTHER)})
    first = same[0]
    repeat = Repeat(whose=Whose.SELLER, listing=first.key.listing, file=first.file)
    return photo.model_copy(update={"repeats": repeat})
