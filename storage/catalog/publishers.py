"""The state of publishers: closed, paused, and feeds held by one process at a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, exists, select, update
from sqlalchemy.orm import aliased

from models.audit import Act
from models.lease import Holder
from models.publication import Action, ClosedPublisher, Receipt
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.holders import is_known_dead
from storage.catalog.lease_rules import FREE, storable, taken
from storage.catalog.schema import Listings, Publications, Publishers
from storage.catalog.states import PublicationState
from storage.catalog.upsert import insert_missing

PAGE = 500
"""Receipts that are held in memory at a time."""
LONGEST_PAUSE = timedelta(days=1)


def open_publishers_only(now: datetime) -> ColumnElement[bool]:
    """Return the condition of publications whose publisher is neither closed nor paused."""
    shut = select(Publishers.name).where(Publishers.closed_at.is_not(None) | (Publishers.paused_until > now))
    return Publications.publisher.not_in(shut)


def close_publisher(catalog: Catalog, name: str, *, reason: str) -> None:
    """Send nothing more to a publisher until a person opens it again. Raises CatalogError."""
    with catalog.write() as connection:
        now = know_publisher(connection, name)
        closed = connection.execute(
            update(Publishers)
            .where(Publishers.name == name, Publishers.closed_at.is_(None))
            .values(closed_at=now, reason=storable(reason))
        )
        if closed.rowcount:
            record(connection, Act.PUBLISHER_CLOSED, by=name, detail={"publisher": name})


def reopen_publisher(catalog: Catalog, name: str, *, by: str) -> bool:
    """Let a closed publisher's publications go again; return whether it was closed. Raises CatalogError."""
    with catalog.write() as connection:
        opened = connection.execute(
            update(Publishers)
            .where(Publishers.name == name, Publishers.closed_at.is_not(None))
            .values(closed_at=None, reason=None)
        )
        if opened.rowcount:
            record(connection, Act.PUBLISHER_REOPENED, by=by, detail={"publisher": name})
        return bool(opened.rowcount)


def closed_publishers(catalog: Catalog) -> tuple[ClosedPublisher, ...]:
    """Return the publishers that are closed, by name. Raises CatalogError."""
    query = select(Publishers).where(Publishers.closed_at.is_not(None)).order_by(Publishers.name)
    with catalog.read() as connection:
        return tuple(
            ClosedPublisher(name=row.name, since=row.closed_at, reason=row.reason or "")
            for row in connection.execute(query)
        )


def pause_publisher(catalog: Catalog, name: str, *, seconds: float) -> None:
    """Send nothing to a publisher for a while, at most a day, because it asked for that. Raises CatalogError."""
    with catalog.write() as connection:
        until = know_publisher(connection, name) + min(timedelta(seconds=seconds), LONGEST_PAUSE)
        connection.execute(update(Publishers).where(Publishers.name == name).values(paused_until=until))


def hold_feed(catalog: Catalog, name: str, holder: Holder, *, seconds: float) -> int | None:
    """Return a fencing token under which a feed may be written; ``None`` while another process holds it.

    Raises CatalogError.
    """
    with catalog.write() as connection:
        now = know_publisher(connection, name)
        row = connection.execute(
            select(Publishers.holder, Publishers.expires_at, Publishers.number)
            .where(Publishers.name == name)
            .with_for_update()
        ).one()
        held = row.holder is not None and row.expires_at > now
        if held and not is_known_dead(Holder.model_validate_json(row.holder)):
            return None
        hold = taken(row.number, holder, now, seconds)
        connection.execute(update(Publishers).where(Publishers.name == name).values(**hold))
        return hold["number"]


def keep_feed(catalog: Catalog, name: str, number: int, *, seconds: float) -> bool:
    """Hold a feed for ``seconds`` from now; return whether it is still ours. Raises CatalogError."""
    with catalog.write() as connection:
        expires_at = read_clock(connection) + timedelta(seconds=seconds)
        kept = connection.execute(
            update(Publishers)
            .where(Publishers.name == name, Publishers.number == number, Publishers.holder.is_not(None))
            .values(expires_at=expires_at)
        )
        return bool(kept.rowcount)


def mark_feed(catalog: Catalog, name: str, number: int, mark: str) -> bool:
    """Note how a feed's files look after this process wrote them; return whether it was still ours to write.

    Raises CatalogError.
    """
    with catalog.write() as connection:
        marked = connection.execute(
            update(Publishers).where(Publishers.name == name, Publishers.number == number).values(mark=mark)
        )
        return bool(marked.rowcount)


def let_go_of_feed(catalog: Catalog, name: str, number: int) -> None:
    """End a hold; one that somebody else has taken over stays theirs. Raises CatalogError."""
    with catalog.write() as connection:
        connection.execute(
            update(Publishers).where(Publishers.name == name, Publishers.number == number).values(**FREE)
        )


def feed_mark(catalog: Catalog, name: str) -> str | None:
    """Return how a feed's files looked when they were last written; ``None`` before that. Raises CatalogError."""
    with catalog.read() as connection:
        return connection.execute(select(Publishers.mark).where(Publishers.name == name)).scalar_one_or_none()


def standing_receipts(catalog: Catalog, publisher: str, *, seller: str | None = None) -> Iterator[Receipt]:
    """Yield the receipts of what a publisher now shows, in the order of the object store's keys.

    A page is read at a time, and no transaction is open in between. Raises CatalogError.
    """
    newer = aliased(Publications)
    outrun = exists().where(
        newer.listing_id == Publications.listing_id,
        newer.publisher == Publications.publisher,
        newer.state == PublicationState.PUBLISHED,
        newer.id > Publications.id,
    )
    query = (
        select(Listings.folder, Publications.receipt)
        .join(Listings, Listings.id == Publications.listing_id)
        .where(Publications.publisher == publisher, Publications.state == PublicationState.PUBLISHED)
        .where(Publications.action == Action.PUBLISH, ~outrun)
        .order_by(Listings.folder)
        .limit(PAGE)
    )
    if seller is not None:
        query = query.where(Listings.seller == seller)
    after = ""
    while True:
        with catalog.read() as connection:
            page = connection.execute(query.where(Listings.folder > after)).all()
        for row in page:
            yield Receipt.model_validate_json(row.receipt or "")
        if len(page) < PAGE:
            return
        after = page[-1].folder


def know_publisher(connection: Connection, name: str) -> datetime:
    """Make sure that a publisher has a row, and return the time."""
    insert_missing(connection, Publishers, [{"name": name, "number": 0}])
    return read_clock(connection)
