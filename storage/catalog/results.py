"""What was made of a listing, written under its lease."""

from sqlalchemy import Connection, update

from models.lease import Lease
from models.listing import ListingResult
from models.photo import Finished
from models.publication import Publication
from models.state import ListingState
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.inserting import insert_or_renew
from storage.catalog.leases import lock_leased
from storage.catalog.outbox import enqueue, publishing_state
from storage.catalog.schema import Listings, Photos, Results
from storage.catalog.states import PhotoState
from storage.catalog.taking import FREE


def finish(
    catalog: Catalog, lease: Lease, result: ListingResult, publications: tuple[Publication, ...]
) -> ListingState:
    """Write a listing's result, its photos' results and what is to be published, all or nothing; end the lease.

    When a newer version has come meanwhile, the result is kept for its own version, its publications are left to
    the newer one, and the listing is due again. Doing the same twice is the same as once. Returns the listing's
    state then. Raises LeaseLost when somebody else took the listing, CatalogError, and ValueError when result or
    publications are not of the lease's listing and version.
    """
    _check_version(lease, result, publications)
    with catalog.write() as connection:
        row = lock_leased(connection, lease)
        _write_result(connection, row.id, result)
        if row.version != lease.version:
            state = ListingState.DUE
            connection.execute(update(Listings).where(Listings.id == row.id).values(state=state, **FREE))
            return state
        _write_photos(connection, row.id, result)
        enqueue(connection, row.id, publications)
        unpublished = ListingState.READY if result.publishable else ListingState.WAITING
        state = publishing_state(connection, row.id, row.version) or unpublished
        connection.execute(
            update(Listings)
            .where(Listings.id == row.id)
            .values(state=state, due_at=None, attempts=0, error=None, **FREE)
        )
    return state


def _check_version(lease: Lease, result: ListingResult, publications: tuple[Publication, ...]) -> None:
    values: tuple[ListingResult | Publication, ...] = (result, *publications)
    for value in values:
        if (value.key, value.version) != (lease.key, lease.version):
            raise ValueError(
                f"{type(value).__name__} of {value.key} version {value.version} "
                f"under the lease of {lease.key} version {lease.version}"
            )


def _write_result(connection: Connection, listing: int, result: ListingResult) -> None:
    row = {
        "listing_id": listing,
        "version": result.version,
        "identity": result.identity,
        "result": result.model_dump_json(),
        "finished_at": read_clock(connection),
    }
    key = ("listing_id", "version")
    insert_or_renew(connection, Results, [row], key=key, renew=("identity", "result", "finished_at"))


def _write_photos(connection: Connection, listing: int, result: ListingResult) -> None:
    for photo in result.photos:
        connection.execute(
            update(Photos)
            .where(Photos.listing_id == listing, Photos.file == photo.file)
            .values(
                state=PhotoState.FINISHED if isinstance(photo, Finished) else PhotoState.SET_ASIDE,
                sha256=photo.sha256,
                result=photo.model_dump_json(),
            )
        )
