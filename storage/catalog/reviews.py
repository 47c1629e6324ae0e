"""Records reviewers' decisions; an approval and its outbox rows are one transaction."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from models.audit import Act, Detail
from models.listing import ListingKey, ListingResult
from models.publication import Publication, content_hash
from models.review import UNDECIDED, Decision, Refusal, Review, ReviewRefused, SendBackReason, beyond_approval
from models.state import ListingState
from storage.catalog.arrivals import folder_of
from storage.catalog.audit import record
from storage.catalog.bulk_update import BulkUpdate
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.outbox import enqueue, publishing_state
from storage.catalog.schema import Listings, Results, Reviews

ACTS = {Decision.APPROVED: Act.LISTING_APPROVED, Decision.SENT_BACK: Act.LISTING_SENT_BACK}

# Made once: it is asked for with every listing.
NEWEST_REVIEWS = select(Reviews.id, Reviews.listing_id, Reviews.decision, Reviews.content).where(
    Reviews.id.in_(
        select(func.max(Reviews.id))
        .where(Reviews.listing_id.in_(bindparam("listings", expanding=True)))
        .group_by(Reviews.listing_id)
    )
)
STANDING = BulkUpdate(Reviews, key=("id",), give=("stands_for",))


def approve(catalog: Catalog, key: ListingKey, *, version: int, by: str, publishers: Sequence[str]) -> Review:
    """Have a version of a listing published that ``by`` has seen; return what was taken down.

    What is approved already stays so, and is not taken down twice. Raises ReviewRefused, LookupError for a listing
    that is not known, CatalogError.
    """
    with catalog.write() as connection:
        row = _lock(connection, key)
        if (known := _approved_already(connection, row, key, version)) is not None:
            return known
        result = _seen(connection, row, key, version)
        if beyond_approval(result):
            raise ReviewRefused(Refusal.NOTHING_TO_PUBLISH, key, row.version)
        review = _take_down(connection, row, result, Decision.APPROVED, by=by)
        enqueue(connection, row.id, version, [Publication.of(result, name) for name in publishers])
        state = publishing_state(connection, row.id, version)
        connection.execute(update(Listings).where(Listings.id == row.id).values(state=state, error=None))
    return review


def send_back(
    catalog: Catalog, key: ListingKey, *, version: int, by: str, word: str, reason: SendBackReason | None = None
) -> Review:
    """Have a version of a listing wait for its seller; return what was taken down.

    ``word`` tells her what to change; ``reason`` is what it is counted as. Raises ReviewRefused, LookupError for a
    listing that is not known, CatalogError.
    """
    with catalog.write() as connection:
        row = _lock(connection, key)
        result = _seen(connection, row, key, version)
        review = _take_down(connection, row, result, Decision.SENT_BACK, by=by, word=word, reason=reason)
        connection.execute(update(Listings).where(Listings.id == row.id).values(state=ListingState.WAITING))
    return review


def let_decisions_stand(connection: Connection, results: Mapping[int, ListingResult]) -> dict[int, Decision]:
    """Return what was decided about those of the listings that still say to a buyer what they said then.

    That it stands for these versions too is noted. A yes does not stand for what no approval can replace. Listings
    are told by their ids.
    """
    standing = {
        row.id: (row.listing_id, Decision(row.decision))
        for row in connection.execute(NEWEST_REVIEWS, {"listings": list(results)})
        if row.content == content_hash(results[row.listing_id])
        and not (row.decision == Decision.APPROVED and beyond_approval(results[row.listing_id]))
    }
    noted = [{"id": row, "stands_for": results[listing].version} for row, (listing, _) in standing.items()]
    STANDING.execute(connection, noted)
    return dict(standing.values())


def newest_reviews(connection: Connection, keys: Mapping[int, ListingKey]) -> dict[int, Review]:
    """Return the last decision on each of these listings that has any, by the listings' ids."""
    newest = select(func.max(Reviews.id)).where(Reviews.listing_id.in_(keys)).group_by(Reviews.listing_id)
    found = connection.execute(select(Reviews).where(Reviews.id.in_(newest)))
    return {
        row.listing_id: Review(
            key=keys[row.listing_id],
            version=row.version,
            stands_for=row.stands_for,
            content=row.content,
            decision=Decision(row.decision),
            word=row.word,
            by=row.reviewer,
            at=row.reviewed_at,
        )
        for row in found
    }


class _LockedRow(NamedTuple):
    id: int
    state: str
    version: int


def _lock(connection: Connection, key: ListingKey) -> _LockedRow:
    query = select(Listings.id, Listings.state, Listings.version).where(Listings.folder == folder_of(key))
    row = connection.execute(query.with_for_update()).first()
    if row is None:
        raise LookupError(f"there is no listing {key}")
    return _LockedRow(*row)


def _approved_already(connection: Connection, row: _LockedRow, key: ListingKey, version: int) -> Review | None:
    last = newest_reviews(connection, {row.id: key}).get(row.id)
    if last is None or row.version != version or row.state in {*UNDECIDED, ListingState.DUE, ListingState.LEASED}:
        return None
    return last if (last.stands_for, last.decision) == (version, Decision.APPROVED) else None


def _seen(connection: Connection, row: _LockedRow, key: ListingKey, version: int) -> ListingResult:
    """Return what there was to see of a version. Raises ReviewRefused unless somebody may decide about it now."""
    if row.version != version:
        raise ReviewRefused(Refusal.OTHER_VERSION, key, row.version)
    if row.state in {ListingState.DUE, ListingState.LEASED}:
        raise ReviewRefused(Refusal.BEING_PROCESSED, key, row.version)
    if row.state not in UNDECIDED:
        raise ReviewRefused(Refusal.NOT_WAITING, key, row.version)
    query = select(Results.result).where(Results.listing_id == row.id, Results.version == version)
    return ListingResult.model_validate_json(connection.execute(query).scalar_one())


def _take_down(
    connection: Connection,
    row: _LockedRow,
    result: ListingResult,
    decision: Decision,
    *,
    by: str,
    word: str = "",
    reason: SendBackReason | None = None,
) -> Review:
    review = Review(
        key=result.key,
        version=result.version,
        stands_for=result.version,
        content=content_hash(result),
        decision=decision,
        word=word,
        by=by,
        at=read_clock(connection),
    )
    connection.execute(
        insert(Reviews).values(
            listing_id=row.id,
            version=review.version,
            stands_for=review.stands_for,
            content=review.content,
            decision=review.decision,
            word=review.word,
            reviewer=review.by,
            reviewed_at=review.at,
        )
    )
    counted: Detail = {} if reason is None else {"reason": reason}
    record(connection, ACTS[decision], by=by, key=review.key, detail={"version": review.version, **counted})
    return review
