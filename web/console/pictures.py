"""Pictures: a listing's finished files, for whoever may see its seller. What she sent is never served as it is."""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException, Request, Response

from flows.photo_cache import newest_cached
from models.rendition import StoredRendition
from models.store import ObjectMissing, ObjectStore
from storage.catalog.photo_progress import has_made
from storage.catalog.reading import ListingRow
from storage.catalog.takes import takes_of
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn
from web.console.sight import listing_to_see
from web.console.small_picture import make_small

HOUR = 3600
"""In s; what lies under a key never changes, but a seller who is forgotten is to vanish from browsers too."""
SHOWN = frozenset({"image/jpeg", "image/webp", "image/png"})
"""Media types that nothing but a picture can be in."""


def picture_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the address of each finished file."""
    routes = APIRouter(prefix="/pictures")

    @routes.get("/{seller}/{listing}/{sha256}/{name}")
    def show(request: Request, person: SignedIn, seller: str, listing: str, sha256: str, name: str) -> Response:
        """Show one finished file of a photo, by the photo's own SHA-256 and the file's name."""
        _, row = listing_to_see(desk.catalog, person, seller, listing)
        rendition = _find(desk, row, sha256, name)
        return give_picture(request, desk.store, rendition, keep=f"max-age={HOUR}")

    @routes.get("/{seller}/{listing}/{sha256}/small/{name}")
    def show_small(
        request: Request, person: SignedIn, seller: str, listing: str, sha256: str, name: str
    ) -> Response:
        """Show a finished file small."""
        _, row = listing_to_see(desk.catalog, person, seller, listing)
        rendition = _find(desk, row, sha256, name)
        return give_picture(request, desk.store, rendition, keep=f"max-age={HOUR}", small=True)

    return routes


def give_picture(
    request: Request, store: ObjectStore, rendition: StoredRendition, *, keep: str, small: bool = False
) -> Response:
    """Return a finished file, or a ``small`` copy of it.

    ``keep`` is how long this browser alone may have it, as ``Cache-Control`` says it.

    Raises HTTPException 404 where the file is gone, StoreError.
    """
    headers = {"cache-control": f"private, {keep}", "etag": f'"{rendition.sha256}{"-small" if small else ""}"'}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    try:
        data = store.get(rendition.key, limit=rendition.bytes)
    except ObjectMissing:
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    if small:
        return Response(make_small(data), media_type="image/jpeg", headers=headers)
    return Response(data, media_type=rendition.media_type, headers=headers)


def _find(desk: ConsoleDesk, row: ListingRow, sha256: str, name: str) -> StoredRendition:
    """Return a file that the listing's own result names, or did for an earlier take, or is about to.

    No part of a key comes from the address, but for a hash that the catalog knows. Raises HTTPException 404.
    """
    finished = row.result.finished if row.result else ()
    if all(photo.sha256 != sha256 for photo in finished):
        finished = tuple(take.made for take in takes_of(desk.catalog, row.key) if take.made is not None)
    if all(photo.sha256 != sha256 for photo in finished) and has_made(desk.catalog, row.key, sha256):
        made = newest_cached(desk.store, row.key, sha256)
        finished = (made,) if made else ()
    for photo in finished:
        for rendition in photo.renditions:
            if (photo.sha256, rendition.name) == (sha256, name) and rendition.media_type in SHOWN:
                return rendition
    raise HTTPException(HTTPStatus.NOT_FOUND)
