"""How far each of a seller's photos is, while somebody watches her run."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select, update

from models.lease import Lease
from models.listing import ListingKey
from storage.catalog.arrivals import folder_of
from storage.catalog.connection import Catalog
from storage.catalog.schema import Listings, Photos
from storage.catalog.states import PhotoState


class PhotoStanding(NamedTuple):
    """How far one photo is."""

    file: str
    state: PhotoState
    sha256: str | None
    """Of its bytes, once somebody has worked on it."""


def note_photo(
    catalog: Catalog, lease: Lease, file: str | None, state: PhotoState, *, sha256: str | None = None
) -> None:
    """Note how far a photo is, or each of the listing's where no file is named; by a lease that is lost nothing.

    What becomes of a photo for good is written by :func:`storage.catalog.results.finish`. Raises CatalogError.
    """
    held = select(Listings.id).where(
        Listings.folder == folder_of(lease.key),
        Listings.number == lease.fencing_token,
        Listings.holder.is_not(None),
    )
    mine = update(Photos).where(Photos.listing_id == held.scalar_subquery(), Photos.present)
    if file is not None:
        mine = mine.where(Photos.file == file)
    with catalog.write() as connection:
        connection.execute(mine.values(state=state, reason=None, sha256=sha256))


def photos_of_seller(catalog: Catalog, seller: str) -> Mapping[str, tuple[PhotoStanding, ...]]:
    """Return how far the photos of each of a seller's listings are, by the listing's name. Raises CatalogError."""
    of_each = select(Listings.listing, Photos.file, Photos.state, Photos.sha256)
    query = of_each.join(Listings, Listings.id == Photos.listing_id).where(Listings.seller == seller)
    known: dict[str, tuple[PhotoStanding, ...]] = {}
    with catalog.read() as connection:
        for row in connection.execute(query.where(Photos.present).order_by(Photos.file)):
            standing = PhotoStanding(row.file, PhotoState(row.state), row.sha256)
            known[row.listing] = (*known.get(row.listing, ()), standing)
    return known


def has_made(catalog: Catalog, key: ListingKey, sha256: str) -> bool:
    """Return whether a photo of these bytes is among a listing's, and is ready. Raises CatalogError."""
    query = select(Photos.file).join(Listings, Listings.id == Photos.listing_id)
    ready = Photos.present, Photos.sha256 == sha256, Photos.state == PhotoState.FINISHED
    with catalog.read() as connection:
        return connection.execute(query.where(Listings.folder == folder_of(key), *ready)).first() is not None
