"""Forgets a seller: marks her listings to be taken down, and then removes her from every table.

While it is under way nothing of hers is taken in, and no lease on anything of hers holds. Afterwards only a code
is left of her, in the audit; files of hers that arrive later are a new seller's.
"""

import json
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from models.audit import Act, Detail
from models.forgetting import ForgettingOutstanding, ForgettingReceipt, Outstanding
from models.listing import ListingKey
from models.publication import Publication
from models.state import ListingState
from storage.catalog.arrival_schema import Takes, UploadLinks, Uploads
from storage.catalog.audit import forget_name, record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.edit_schema import Answers, CoachLinks, CoachWords, Corrections, Edits
from storage.catalog.fingerprints import remove_fingerprints
from storage.catalog.lease_rules import FREE, unheld
from storage.catalog.outbox import publishing_state, withdraw
from storage.catalog.publication_leases import newer_exists
from storage.catalog.schema import (
    Deliveries,
    Enrolments,
    Fingerprints,
    Forgettings,
    Listings,
    Photos,
    Publications,
    Results,
    Reviews,
    Schema,
    Sellers,
)
from storage.catalog.states import DeliveryState, PublicationState
from storage.catalog.upsert import insert_missing

PAGE = 50
"""Listings to a transaction."""
CODE_BYTES = 8
UNCONFIRMED = (PublicationState.PENDING, PublicationState.LEASED, PublicationState.FAILED)


def begin_forgetting(catalog: Catalog, seller: str, *, by: str) -> str:
    """Let nothing more of a seller's in and have everything of hers taken down; return her code.

    Whoever works on her listings has lost them. To begin again goes on with what was begun, and tries at once what
    was to be tried later. Raises CatalogError.
    """
    code = _mark(catalog, seller, by)
    after = ""
    while (last := _take_down_page(catalog, seller, after)) is not None:
        after = last
    return code


def what_is_outstanding(
    catalog: Catalog, seller: str, *, without: Collection[str] = ()
) -> tuple[Outstanding, ...]:
    """Return what must end before a seller can be forgotten: withdrawals, except by some publishers, and uploads.

    Raises CatalogError.
    """
    with catalog.read() as connection:
        return _find_outstanding(connection, seller, without)


def note_objects(catalog: Catalog, code: str, counts: Mapping[str, int]) -> None:
    """Keep how many objects there were before the first of them was removed. Raises CatalogError."""
    with catalog.write() as connection:
        connection.execute(
            update(Forgettings)
            .where(Forgettings.code == code, Forgettings.objects.is_(None))
            .values(objects=json.dumps(dict(counts)))
        )


def finish_forgetting(
    catalog: Catalog, seller: str, *, by: str, without: Collection[str] = ()
) -> ForgettingReceipt:
    """Remove every row of a seller's and have her code stand for her in the audit; return the receipt.

    Publishers ``without`` whom it was done stand on it where they have not confirmed. Raises
    ForgettingOutstanding, LookupError for a seller whose forgetting has not begun, CatalogError.
    """
    with catalog.write() as connection:
        query = select(Sellers.forgetting).where(Sellers.name == seller).with_for_update()
        code = connection.execute(query).scalar_one_or_none()
        if code is None:
            raise LookupError(f"nobody has begun to forget {seller}")
        # Before what belongs to them, as everybody does.
        hers = select(Listings.id).where(Listings.seller == seller).order_by(Listings.folder)
        connection.execute(hers.with_for_update()).all()
        if outstanding := _find_outstanding(connection, seller, without):
            raise ForgettingOutstanding(outstanding)
        left = {each.publisher for each in _find_outstanding(connection, seller, ())}
        unconfirmed = tuple(sorted(name for name in left if name is not None))
        begun = connection.execute(select(Forgettings).where(Forgettings.code == code)).one()
        now, highest = read_clock(connection), _highest(connection, seller)
        removed = {**json.loads(begun.objects or "{}"), **_remove(connection, seller)}
        detail: Detail = {**removed, "unconfirmed": ", ".join(unconfirmed)} if unconfirmed else {**removed}
        forget_name(connection, seller, code)
        record(connection, Act.SELLER_FORGOTTEN, by=by, seller=code, detail=detail)
        connection.execute(
            update(Forgettings).where(Forgettings.code == code).values(finished_at=now, highest=highest)
        )
    return ForgettingReceipt(
        code=code, begun_at=begun.begun_at, finished_at=now, removed=removed, unconfirmed=unconfirmed
    )


def _find_outstanding(connection: Connection, seller: str, without: Collection[str]) -> tuple[Outstanding, ...]:
    withdrawals = (
        select(Listings.listing, Publications.publisher, Publications.error)
        .join(Publications, Publications.listing_id == Listings.id)
        .where(Listings.seller == seller, Publications.publisher.not_in(without))
        .where(Publications.state.in_(UNCONFIRMED), ~newer_exists())
        .order_by(Listings.folder, Publications.publisher)
    )
    uploads = select(Deliveries.listing.distinct()).where(
        Deliveries.seller == seller, ~unheld(Deliveries, connection, read_clock(connection))
    )

    def outstanding(listing: str, publisher: str | None, error: str | None) -> Outstanding:
        return Outstanding(key=ListingKey(seller=seller, listing=listing), publisher=publisher, error=error)

    return (
        *(outstanding(row.listing, row.publisher, row.error) for row in connection.execute(withdrawals)),
        *(outstanding(listing, None, None) for listing in connection.scalars(uploads)),
    )


def _mark(catalog: Catalog, seller: str, by: str) -> str:
    with catalog.write() as connection:
        now = read_clock(connection)
        insert_missing(connection, Sellers, [{"name": seller, "first_seen_at": now}])
        query = select(Sellers.forgetting).where(Sellers.name == seller).with_for_update()
        code = connection.execute(query).scalar_one()
        if code is None:
            code = f"forgotten-{secrets.token_hex(CODE_BYTES)}"
            connection.execute(insert(Forgettings).values(code=code, begun_at=now))
            connection.execute(update(Sellers).where(Sellers.name == seller).values(forgetting=code))
            record(connection, Act.FORGETTING_BEGUN, by=by, seller=seller)
        # In the order in which everybody locks them.
        told = (Deliveries.seller == seller) & unheld(Deliveries, connection, now)
        connection.execute(select(Deliveries.id).where(told).order_by(Deliveries.id).with_for_update()).all()
        ended = {"state": DeliveryState.DONE, "due_at": None, "finished_at": now, **FREE}
        connection.execute(update(Deliveries).where(told).values(number=Deliveries.number + 1, **ended))
    return code


def _take_down_page(catalog: Catalog, seller: str, after: str) -> str | None:
    """Have the next of a seller's listings taken down; return the last one's folder, or ``None`` after all."""
    query = (
        select(Listings.id, Listings.listing, Listings.folder, Listings.version, Listings.number)
        .where(Listings.seller == seller, Listings.folder > after)
        .order_by(Listings.folder)
        .limit(PAGE)
        .with_for_update()
    )
    with catalog.write() as connection:
        now = read_clock(connection)
        page = connection.execute(query).all()
        for row in page:
            key = ListingKey(seller=seller, listing=row.listing)
            withdraw(connection, row.id, key, row.version)
            _try_now(connection, row.id, now)
            state = publishing_state(connection, row.id, row.version) or ListingState.WITHDRAWN
            connection.execute(
                update(Listings)
                .where(Listings.id == row.id)
                # The next number: nothing is written any more under a lease that somebody may hold.
                .values(state=state, due_at=None, error=None, number=row.number + 1, **FREE)
            )
    return page[-1].folder if page else None


def _try_now(connection: Connection, listing: int, now: datetime) -> None:
    """Have no withdrawal wait that failed and was to be tried again later."""
    connection.execute(
        update(Publications)
        .where(Publications.listing_id == listing, Publications.state == PublicationState.PENDING)
        .values(due_at=now)
    )


def _highest(connection: Connection, seller: str) -> int:
    numbers = [
        connection.execute(select(func.max(table.number)).where(table.seller == seller)).scalar_one()
        for table in (Listings, Deliveries)
    ]
    mine = select(Publications.publication).join(Listings, Listings.id == Publications.listing_id)
    turns = [
        Publication.model_validate_json(publication).turn
        for publication in connection.scalars(mine.where(Listings.seller == seller))
    ]
    return max([0, *turns, *(number for number in numbers if number is not None)])


def _remove(connection: Connection, seller: str) -> dict[str, int]:
    """Remove every row of a seller's, and return how many there were in each table."""
    hers = select(Listings.id).where(Listings.seller == seller)
    coached = select(CoachLinks.id).where(CoachLinks.listing_id.in_(hers))
    fingerprints = remove_fingerprints(connection, Fingerprints.listing_id.in_(hers))
    tables: tuple[tuple[type[Schema], ColumnElement[bool]], ...] = (
        (Publications, Publications.listing_id.in_(hers)),
        (Reviews, Reviews.listing_id.in_(hers)),
        (Edits, Edits.listing_id.in_(hers)),
        (Answers, Answers.listing_id.in_(hers)),
        (Corrections, Corrections.listing_id.in_(hers)),
        (Results, Results.listing_id.in_(hers)),
        (Takes, Takes.listing_id.in_(hers)),
        (CoachWords, CoachWords.link_id.in_(coached)),
        (CoachLinks, CoachLinks.listing_id.in_(hers)),
        (Photos, Photos.listing_id.in_(hers)),
        (Listings, Listings.seller == seller),
        (Deliveries, Deliveries.seller == seller),
        (Uploads, Uploads.seller == seller),
        (UploadLinks, UploadLinks.seller == seller),
        (Enrolments, Enrolments.seller == seller),
        (Sellers, Sellers.name == seller),
    )
    removed = {
        table.__tablename__: connection.execute(delete(table).where(rows)).rowcount for table, rows in tables
    }
    return {**removed, Fingerprints.__tablename__: fingerprints}
