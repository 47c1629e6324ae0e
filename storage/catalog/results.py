"""What was made of a listing, written under its lease."""

from sqlalchemy import Connection, bindparam, update

from models.lease import Lease
from models.listing import ListingResult
from models.photo import Finished
from models.publication import Publication
from models.review import Decision
from models.state import ListingState
from storage.catalog.clock import DATABASE_NOW
from storage.catalog.connection import Catalog
from storage.catalog.inserting import insert_or_renew
from storage.catalog.leases import lock_leased
from storage.catalog.outbox import enqueue, publishing_state, withdraw
from storage.catalog.reviews import standing_decision
from storage.catalog.schema import Listings, Photos, Results
from storage.catalog.states import PhotoState
from storage.catalog.taking import FREE

# Made once: they are asked for with every listing.
PHOTO_WRITTEN = (
    update(Photos)
    .where(Photos.listing_id == bindparam("its_listing"), Photos.file == bindparam("its_file"))
    .values(state=bindparam("its_state"), reason=bindparam("its_reason"), sha256=bindparam("its_sha256"))
)

LISTING_FINISHED = (
    update(Listings)
    .where(Listings.id == bindparam("its_listing"))
    .values(state=bindparam("its_state"), due_at=None, attempts=0, error=None, finished_at=DATABASE_NOW, **FREE)
)


def finish(
    catalog: Catalog,
    lease: Lease,
    result: ListingResult,
    publications: tuple[Publication, ...],
    *,
    by_itself: bool = True,
    text: str | None = None,
) -> ListingState:
    """Write a listing's result, its photos' results and what is to be published, all or nothing; end the lease.

    It is published ``by_itself`` when it waits for nobody; where a person has decided about it when it said the
    same to a buyer, her decision stands instead. When a newer version has come meanwhile, the result is kept for
    its own version, its publications are left to the newer one, and the listing is due again. A listing of which
    nothing is left is taken down wherever it is published. Doing the same twice is the same as once. ``text`` is
    the result as JSON, from whoever has it already.

    Returns the listing's state then. Raises LeaseLost when somebody else took the listing, CatalogError, and
    ValueError when result or publications are not of the lease's listing and version.
    """
    _check_version(lease, result, publications)
    with catalog.write() as connection:
        row = lock_leased(connection, lease)
        _write_result(connection, row.id, result, text or result.model_dump_json())
        if row.version != lease.version:
            state = ListingState.DUE
            connection.execute(update(Listings).where(Listings.id == row.id).values(state=state, **FREE))
            return state
        _write_photos(connection, row.id, result)
        if lease.files or lease.note_file:
            decided = standing_decision(connection, row.id, result)
            approved = decided is Decision.APPROVED or (decided is None and by_itself and result.publishable)
            said = enqueue(connection, row.id, row.version, publications if approved else ())
            unpublished = ListingState.READY if result.publishable and decided is None else ListingState.WAITING
        else:
            said = withdraw(connection, row.id, lease.key, row.version)
            unpublished = ListingState.WAITING
        state = (publishing_state(connection, row.id, row.version) if said else None) or unpublished
        connection.execute(LISTING_FINISHED, {"its_listing": row.id, "its_state": state})
    return state


def _check_version(lease: Lease, result: ListingResult, publications: tuple[Publication, ...]) -> None:
    values: tuple[ListingResult | Publication, ...] = (result, *publications)
    for value in values:
        if (value.key, value.version) != (lease.key, lease.version):
            raise ValueError(
                f"{type(value).__name__} of {value.key} version {value.version} "
                f"under the lease of {lease.key} version {lease.version}"
            )


def _write_result(connection: Connection, listing: int, result: ListingResult, text: str) -> None:
    row = {
        "listing_id": listing,
        "version": result.version,
        "identity": result.identity,
        "result": text,
    }
    insert_or_renew(
        connection,
        Results,
        [row],
        key=("listing_id", "version"),
        renew=("identity", "result", "finished_at"),
        moment="finished_at",
    )


def _write_photos(connection: Connection, listing: int, result: ListingResult) -> None:
    """Write how far each photo has come; what was made of it stands in the listing's result."""
    rows = [
        {
            "its_listing": listing,
            "its_file": photo.file,
            "its_state": PhotoState.FINISHED if isinstance(photo, Finished) else PhotoState.SET_ASIDE,
            "its_reason": None if isinstance(photo, Finished) else photo.reason,
            "its_sha256": photo.sha256,
        }
        for photo in result.photos
    ]
    if rows:
        connection.execute(PHOTO_WRITTEN, rows)
