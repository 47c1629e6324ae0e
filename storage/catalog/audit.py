"""The audit log: written in the transaction of what it tells of."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, Row, insert, select, update

from models.audit import Act, AuditEntry, Detail
from models.listing import ListingKey
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.schema import Audit

PAGE = 500
"""Entries that are held in memory at a time."""


def record(
    connection: Connection,
    act: Act,
    *,
    by: str,
    key: ListingKey | None = None,
    seller: str | None = None,
    detail: Detail | None = None,
) -> None:
    """Add an entry about one listing, one seller, or neither."""
    connection.execute(
        insert(Audit).values(
            happened_at=read_clock(connection),
            actor=by,
            act=act,
            seller=key.seller if key else seller,
            listing=key.listing if key else None,
            detail=json.dumps(detail or {}),
        )
    )


def read_audit(catalog: Catalog, *, seller: str | None = None) -> Iterator[AuditEntry]:
    """Yield what was recorded, the oldest first; of a forgotten seller, by the code on her receipt.

    A page is read at a time, and no transaction is open in between. Raises CatalogError.
    """
    query = select(Audit).order_by(Audit.id).limit(PAGE)
    if seller is not None:
        query = query.where(Audit.seller == seller)
    after = 0
    while True:
        with catalog.read() as connection:
            page = connection.execute(query.where(Audit.id > after)).all()
        for row in page:
            yield _entry(row)
        if len(page) < PAGE:
            return
        after = page[-1].id


def read_listing_audit(catalog: Catalog, key: ListingKey, *, limit: int) -> tuple[AuditEntry, ...]:
    """Return what was recorded about one listing, the newest first. Raises CatalogError."""
    about = (Audit.seller == key.seller, Audit.listing == key.listing)
    with catalog.read() as connection:
        found = connection.execute(select(Audit).where(*about).order_by(Audit.id.desc()).limit(limit))
        return tuple(map(_entry, found))


def forget_name(connection: Connection, seller: str, code: str) -> None:
    """Have a code stand for a seller's name, and nothing for her listings' names."""
    connection.execute(update(Audit).where(Audit.seller == seller).values(seller=code, listing=None))


def _entry(row: Row[tuple[Audit]]) -> AuditEntry:
    return AuditEntry(
        at=row.happened_at,
        by=row.actor,
        act=Act(row.act),
        seller=row.seller,
        listing=row.listing,
        detail=json.loads(row.detail),
    )
