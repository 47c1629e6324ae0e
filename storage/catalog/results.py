"""Writes a listing's result under its lease."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection

from models.lease import Lease, LeaseLost
from models.listing import ListingResult
from models.photo import Finished
from models.publication import Publication
from models.review import Decision
from models.state import ListingState
from storage.catalog.bulk_update import BulkUpdate
from storage.catalog.clock import DATABASE_NOW
from storage.catalog.connection import Catalog
from storage.catalog.lease_rules import FREE
from storage.catalog.leases import LeasedRow, lock_all_leased
from storage.catalog.outbox import enqueue, ever_published, publishing_state, withdraw
from storage.catalog.reviews import let_decisions_stand
from storage.catalog.schema import Listings, Photos, Results
from storage.catalog.states import PhotoState
from storage.catalog.upsert import upsert

PHOTOS_WRITTEN = BulkUpdate(Photos, key=("listing_id", "file"), give=("state", "reason", "sha256"))
LISTINGS_OUTRUN = BulkUpdate(Listings, key=("id",), give=("state",), give_all={**FREE})
LISTINGS_FINISHED = BulkUpdate(
    Listings,
    key=("id",),
    give=("state",),
    give_all={"due_at": None, "attempts": 0, "error": None, "finished_at": DATABASE_NOW, **FREE},
)


@dataclass(frozen=True, slots=True)
class Ending:
    """What was made of a leased listing; ValueError where any of it is not of the lease's listing and version."""

    lease: Lease
    result: ListingResult
    publications: tuple[Publication, ...]
    by_itself: bool = True
    """Whether it is published when it waits for nobody; otherwise only a person approves."""
    text: str | None = None
    """The result as JSON, from whoever has it already."""

    def __post_init__(self) -> None:
        values: tuple[ListingResult | Publication, ...] = (self.result, *self.publications)
        for value in values:
            if (value.key, value.version) != (self.lease.key, self.lease.version):
                raise ValueError(
                    f"{type(value).__name__} of {value.key} version {value.version} "
                    f"under the lease of {self.lease.key} version {self.lease.version}"
                )


class _Held(NamedTuple):
    row: LeasedRow
    ending: Ending


def finish(
    catalog: Catalog,
    lease: Lease,
    result: ListingResult,
    publications: tuple[Publication, ...],
    *,
    by_itself: bool = True,
) -> ListingState:
    """Write what was made of one listing, as :func:`finish_all` does.

    Raises LeaseLost when somebody else took the listing, CatalogError, and ValueError as :class:`Ending` does.
    """
    (state,) = finish_all(catalog, [Ending(lease, result, publications, by_itself=by_itself)])
    if isinstance(state, LeaseLost):
        raise state
    return state


def finish_all(catalog: Catalog, endings: Sequence[Ending]) -> list[ListingState | LeaseLost]:
    """Write listings' results, their photos' results and what is to be published, all or nothing; end the leases.

    One is published by itself when it waits for nobody; where a person has decided about it when it said the
    same to a buyer, her decision stands instead. When a newer version has come meanwhile, the result is kept for
    its own version, its publications are left to the newer one, and the listing is due again. A listing of which
    nothing is left is taken down wherever it is published. Doing the same twice is the same as once.

    Returns each listing's state then; in the place of one that somebody else has taken it says so, and nothing
    of that one is written. Raises CatalogError.
    """
    with catalog.write() as connection:
        rows = lock_all_leased(connection, [ending.lease for ending in endings])
        held = [
            _Held(row, ending) for row, ending in zip(rows, endings, strict=True) if isinstance(row, LeasedRow)
        ]
        _write_results(connection, held)
        newest = [one for one in held if one.row.version == one.ending.lease.version]
        _write_photos(connection, newest)
        states = {one.row.id: ListingState.DUE for one in held} | _queue(connection, newest)
        _end_leases(connection, states, {one.row.id for one in newest})
    return [row if isinstance(row, LeaseLost) else states[row.id] for row in rows]


def _write_results(connection: Connection, held: Sequence[_Held]) -> None:
    rows = [
        {
            "listing_id": row.id,
            "version": ending.result.version,
            "identity": ending.result.identity,
            "result": ending.text or ending.result.model_dump_json(),
        }
        for row, ending in held
    ]
    upsert(
        connection,
        Results,
        rows,
        key=("listing_id", "version"),
        renew=("identity", "result", "finished_at"),
        moment="finished_at",
    )


def _write_photos(connection: Connection, held: Sequence[_Held]) -> None:
    """Write how far each photo has come; what was made of it stands in the listing's result."""
    rows = [
        {
            "listing_id": row.id,
            "file": photo.file,
            "state": PhotoState.FINISHED if isinstance(photo, Finished) else PhotoState.SET_ASIDE,
            "reason": None if isinstance(photo, Finished) else photo.reason,
            "sha256": photo.sha256,
        }
        for row, ending in held
        for photo in ending.result.photos
    ]
    PHOTOS_WRITTEN.execute(connection, rows)


def _queue(connection: Connection, held: Sequence[_Held]) -> dict[int, ListingState]:
    """Put what is to be published into the outbox; return how far each listing has come, by its id."""
    before = {row.id: ending.result for row, ending in held if row.finished_at is not None}
    decisions = let_decisions_stand(connection, before) if before else {}
    published = ever_published(connection, list(before)) if before else set()
    return {
        row.id: _publish(connection, row, ending, decisions.get(row.id), row.id in published)
        for row, ending in held
    }


def _publish(
    connection: Connection, row: LeasedRow, ending: Ending, decided: Decision | None, published: bool
) -> ListingState:
    lease, result = ending.lease, ending.result
    if not (lease.files or lease.note_file):
        state = ListingState.WAITING
        said = published and withdraw(connection, row.id, lease.key, row.version)
    else:
        state = ListingState.READY if result.publishable and decided is None else ListingState.WAITING
        approved = decided is Decision.APPROVED or (decided is None and ending.by_itself and result.publishable)
        publications = ending.publications if approved else ()
        said = bool(published or publications) and enqueue(connection, row.id, row.version, publications)
    return (publishing_state(connection, row.id, row.version) if said else None) or state


def _end_leases(connection: Connection, states: Mapping[int, ListingState], newest: Collection[int]) -> None:
    """Let go of the listings; one that a newer version has come of stays due."""
    for ended, ids in ((LISTINGS_FINISHED, newest), (LISTINGS_OUTRUN, states.keys() - newest)):
        ended.execute(connection, [{"id": each, "state": states[each]} for each in ids])
