"""Sessions of people who are signed in."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from models.person import Person
from storage.catalog.account_schema import People, Sessions
from storage.catalog.clock import DATABASE_NOW, read_clock
from storage.catalog.connection import Catalog
from storage.catalog.people import person_in
from storage.catalog.token_hash import draw_token, hash_token

IDLE = timedelta(hours=2)
"""How long a session lasts that nobody uses: the laptop stays in the room."""
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""Not every look at a page is a write."""


def begin_session(connection: Connection, name: str) -> str:
    """Return the secret of a new session; those that have run out, anybody's, are removed meanwhile."""
    now = read_clock(connection)
    connection.execute(
        delete(Sessions).where(or_(Sessions.seen_at < now - IDLE, Sessions.began_at < now - LONGEST))
    )
    secret = draw_token()
    connection.execute(insert(Sessions).values(seal=hash_token(secret), person=name, began_at=now, seen_at=now))
    return secret


def person_of_session(catalog: Catalog, secret: str) -> Person | None:
    """Return who is signed in with a session that still lasts, and note that it is used. Raises CatalogError."""
    row = _standing(catalog, secret)
    if row is None:
        return None
    if row.now - row.seen_at > NOTED_EVERY:
        with catalog.write() as connection:
            connection.execute(
                update(Sessions).where(Sessions.seal == hash_token(secret)).values(seen_at=DATABASE_NOW)
            )
    return person_in(row)


def look_at_session(catalog: Catalog, secret: str) -> Person | None:
    """Return who is signed in with a session that still lasts, without using it. Raises CatalogError."""
    row = _standing(catalog, secret)
    return None if row is None else person_in(row)


def end_session(catalog: Catalog, secret: str) -> None:
    """Sign out of one browser. Raises CatalogError."""
    with catalog.write() as connection:
        connection.execute(delete(Sessions).where(Sessions.seal == hash_token(secret)))


def _standing(catalog: Catalog, secret: str) -> Row[Any] | None:
    with catalog.read() as connection:
        row = connection.execute(
            select(People.__table__, Sessions.began_at, Sessions.seen_at, DATABASE_NOW.label("now"))
            .join(Sessions, Sessions.person == People.name)
            .where(Sessions.seal == hash_token(secret), People.closed_at.is_(None))
        ).first()
    if row is None or row.now - row.seen_at > IDLE or row.now - row.began_at > LONGEST:
        return None
    return row
