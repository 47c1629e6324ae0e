"""Reads listings for people."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from models.listing import ListingKey, ListingResult
from models.publication import Action, Receipt
from models.review import Review
from models.state import ListingState
from models.value import Value
from storage.catalog.arrivals import folder_of
from storage.catalog.connection import Catalog
from storage.catalog.reviews import newest_reviews
from storage.catalog.schema import Listings, Publications, Results

PAGE = 200
"""Listings that are held in memory at a time."""


class ListingRow(Value):
    """One listing as it stands."""

    key: ListingKey
    state: ListingState
    version: int
    due_at: datetime | None
    photo_count: int
    result: ListingResult | None
    """Of the newest version that was processed, which may be older than ``version``."""
    receipts: tuple[Receipt, ...]
    """The newest of each publisher that shows it, by the publishers' names."""
    review: Review | None
    """The last that a person decided about it, whether it still stands or not."""
    error: str | None

    @property
    def standing_review(self) -> Review | None:
        """The last decision, if it stands for this version."""
        return self.review if self.review is not None and self.review.stands_for == self.version else None


def count_states(catalog: Catalog, *, seller: str | None = None) -> dict[ListingState, int]:
    """Return how many listings are in each state, also the states of none. Raises CatalogError."""
    query = select(Listings.state, func.count()).group_by(Listings.state)
    if seller is not None:
        query = query.where(Listings.seller == seller)
    with catalog.read() as connection:
        found = {ListingState(state): count for state, count in connection.execute(query)}
    return {state: found.get(state, 0) for state in ListingState}


def list_listings(
    catalog: Catalog, *, seller: str | None = None, states: Collection[ListingState] | None = None
) -> Iterator[ListingRow]:
    """Yield listings, in all states unless some are named, in the order of the object store's keys.

    A page is read at a time, and no transaction is open in between: a listing that changes meanwhile is shown
    before or after its change, once. Raises CatalogError.
    """
    after = ""
    while True:
        query = select(Listings).where(Listings.folder > after).order_by(Listings.folder).limit(PAGE)
        if seller is not None:
            query = query.where(Listings.seller == seller)
        if states is not None:
            query = query.where(Listings.state.in_(states))
        with catalog.read() as connection:
            rows = connection.execute(query).all()
            page = _complete(connection, rows)
        yield from page
        if len(rows) < PAGE:
            return
        after = rows[-1].folder


def find_listing(catalog: Catalog, key: ListingKey) -> ListingRow | None:
    """Return a listing as it stands, ``None`` where nobody knows it. Raises CatalogError."""
    with catalog.read() as connection:
        rows = connection.execute(select(Listings).where(Listings.folder == folder_of(key))).all()
        return next(iter(_complete(connection, rows)), None)


def read_result(catalog: Catalog, key: ListingKey, version: int) -> ListingResult:
    """Return what was made of one version of a listing. Raises CatalogError, LookupError when there is nothing."""
    query = (
        select(Results.result)
        .join(Listings, Listings.id == Results.listing_id)
        .where(Listings.folder == folder_of(key), Results.version == version)
    )
    with catalog.read() as connection:
        found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise LookupError(f"{key} has no result of version {version}")
    return ListingResult.model_validate_json(found)


def newest_result(catalog: Catalog, key: ListingKey) -> ListingResult | None:
    """Return what was made of the newest version of a listing that was processed. Raises CatalogError."""
    with catalog.read() as connection:
        listing = select(Listings.id).where(Listings.folder == folder_of(key))
        return next(iter(_newest_results(connection, connection.scalars(listing).all()).values()), None)


def _complete(connection: Connection, rows: Sequence[Row[tuple[Listings]]]) -> list[ListingRow]:
    ids = [row.id for row in rows]
    results = _newest_results(connection, ids)
    receipts = _newest_receipts(connection, ids)
    keys = {row.id: ListingKey(seller=row.seller, listing=row.listing) for row in rows}
    reviews = newest_reviews(connection, keys)
    return [
        ListingRow(
            key=keys[row.id],
            state=ListingState(row.state),
            version=row.version,
            due_at=row.due_at,
            photo_count=row.photo_count,
            result=results.get(row.id),
            receipts=tuple(receipts.get(row.id, {}).values()),
            review=reviews.get(row.id),
            error=row.error,
        )
        for row in rows
    ]


def _newest_results(connection: Connection, ids: Sequence[int]) -> dict[int, ListingResult]:
    newest = (
        select(Results.listing_id, func.max(Results.version).label("version"))
        .where(Results.listing_id.in_(ids))
        .group_by(Results.listing_id)
        .subquery()
    )
    found = select(Results.listing_id, Results.result).join(
        newest, (Results.listing_id == newest.c.listing_id) & (Results.version == newest.c.version)
    )
    return {listing: ListingResult.model_validate_json(result) for listing, result in connection.execute(found)}


def _newest_receipts(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, Receipt]]:
    found = (
        select(Publications.listing_id, Publications.publisher, Publications.receipt)
        .where(Publications.listing_id.in_(ids))
        .order_by(Publications.publisher, Publications.id)
    )
    receipts: dict[int, dict[str, Receipt]] = {}
    for listing, publisher, receipt in connection.execute(found):
        if receipt is None:
            continue
        found_receipt = Receipt.model_validate_json(receipt)
        if found_receipt.action is Action.PUBLISH:
            receipts.setdefault(listing, {})[publisher] = found_receipt
        else:
            receipts.get(listing, {}).pop(publisher, None)
    return receipts
