"""Reads a class: one centre's sellers with something going on today.

Whatever is asked for here is found by an index and within one centre and one day, since it is asked for every
few seconds: sellers by their centre, what each did by ``(seller, moment)``, and so many results at most.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, or_, select

from config.wall_clock import HERE
from models.class_day import ClassDay, ClassListing, ClassSeller, GlimpsedResult, Sending
from models.listing import ListingKey, ListingResult
from models.seller import Seller
from models.state import ListingState
from storage.catalog.arrival_schema import Uploads
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.reviews import newest_reviews
from storage.catalog.schema import Audit, Enrolments, Listings, Results, Sellers
from storage.catalog.sellers import KNOWN, seller_in
from storage.catalog.uploads import LASTS

MOST_SELLERS = 100
"""Of one class; a room has twenty."""
MOST_RESULTS = 400
"""That are read, the newest first."""
DONE = (ListingState.PUBLISHED, ListingState.WITHDRAWN)
READ = (ListingState.WAITING, ListingState.READY, ListingState.FAILED)
"""States that are told of with what they wait for, whichever day they are from."""


def read_class(catalog: Catalog, centre: str) -> ClassDay:
    """Return a centre's class of today. Raises CatalogError."""
    with catalog.read() as connection:
        now = read_clock(connection)
        since = beginning_of_day(now)
        found = _sellers(connection, centre, since)
        sellers = found[:MOST_SELLERS]
        folders = [seller.folder for seller in sellers]
        rows = _listings(connection, folders)
        listings = _told(connection, rows, since)
        sendings = _sendings(connection, folders, {(row.seller, row.listing) for row in rows}, now)
    return ClassDay(
        now=now,
        since=since,
        sellers=tuple(
            ClassSeller(
                seller=seller,
                listings=tuple(one for one in listings if one.key.seller == seller.folder),
                sendings=tuple(one for one in sendings if one.key.seller == seller.folder),
            )
            for seller in sellers
        ),
        more=len(found) > len(sellers),
    )


def beginning_of_day(now: datetime) -> datetime:
    """Return when the day began that it is now."""
    return now.astimezone(HERE).replace(hour=0, minute=0, second=0, microsecond=0)


def newest_results(catalog: Catalog, seller: str, *, limit: int) -> tuple[ListingResult, ...]:
    """Return what was made of a seller's listings that were finished last, those first. Raises CatalogError."""
    query = (
        select(Results.result)
        .join(Listings, and_(Listings.id == Results.listing_id, Listings.version == Results.version))
        .where(Listings.seller == seller, Listings.finished_at.is_not(None))
        .order_by(Listings.finished_at.desc(), Listings.id)
        .limit(limit)
    )
    with catalog.read() as connection:
        return tuple(map(ListingResult.model_validate_json, connection.scalars(query)))


def _sellers(connection: Connection, centre: str, since: datetime) -> list[Seller]:
    """Return those with whom something goes on, one more than are shown at most."""
    did = exists().where(Audit.seller == Sellers.name, Audit.happened_at >= since)
    made = exists().where(Listings.seller == Sellers.name, Listings.finished_at >= since)
    query = (
        KNOWN.where(Enrolments.centre == centre, or_(did, made))
        .order_by(Enrolments.consented_at.desc(), Sellers.name)
        .limit(MOST_SELLERS + 1)
    )
    return [seller_in(row) for row in connection.execute(query)]


def _listings(connection: Connection, folders: Sequence[str]) -> Sequence[Row[Any]]:
    query = select(
        Listings.id,
        Listings.seller,
        Listings.listing,
        Listings.state,
        Listings.version,
        Listings.finished_at,
    ).where(Listings.seller.in_(folders))
    return connection.execute(query.order_by(Listings.seller, Listings.id)).all()


def _told(connection: Connection, rows: Iterable[Row[Any]], since: datetime) -> list[ClassListing]:
    """Return those of today and those that are not done with."""
    told = [row for row in rows if row.state not in DONE or (row.finished_at and row.finished_at >= since)]
    wanted = [row for row in told if row.finished_at and (row.state in READ or row.finished_at >= since)]
    wanted.sort(key=lambda row: row.finished_at, reverse=True)
    versions = {row.id: row.version for row in wanted[:MOST_RESULTS]}
    results = _results(connection, versions)
    keys = {row.id: ListingKey(seller=row.seller, listing=row.listing) for row in told}
    reviews = newest_reviews(connection, {number: keys[number] for number in versions})
    return [
        ClassListing(
            key=keys[row.id],
            state=ListingState(row.state),
            finished_at=row.finished_at,
            result=results.get(row.id),
            review=reviews[row.id] if row.id in reviews and reviews[row.id].stands_for == row.version else None,
        )
        for row in told
    ]


def _results(connection: Connection, versions: dict[int, int]) -> dict[int, GlimpsedResult]:
    query = (
        select(Results.listing_id, Results.result)
        .join(Listings, and_(Listings.id == Results.listing_id, Listings.version == Results.version))
        .where(Results.listing_id.in_(versions))
    )
    return {number: GlimpsedResult.model_validate_json(result) for number, result in connection.execute(query)}


def _sendings(
    connection: Connection, folders: Sequence[str], known: set[tuple[str, str]], now: datetime
) -> list[Sending]:
    """Return what is on its way, and what has arrived of listings that nobody has looked for yet."""
    moving = and_(Uploads.file.is_(None), Uploads.expires_at > now)
    query = (
        select(
            Uploads.seller,
            Uploads.listing,
            func.count().filter(moving).label("arriving"),
            func.count(Uploads.file).label("arrived"),
            func.min(Uploads.expires_at).filter(moving).label("expires_at"),
        )
        .where(Uploads.seller.in_(folders))
        .group_by(Uploads.seller, Uploads.listing)
        .order_by(Uploads.seller, Uploads.listing)
    )
    return [
        Sending(
            key=ListingKey(seller=row.seller, listing=row.listing),
            arriving=row.arriving,
            arrived=row.arrived,
            since=row.expires_at - LASTS if row.expires_at else None,
        )
        for row in connection.execute(query)
        if row.arriving or (row.arrived and (row.seller, row.listing) not in known)
    ]
