"""Rules that all leases share: who may take a row, and when it is due again after a failure."""

from datetime import datetime, timedelta
from typing import TypedDict

from sqlalchemy import ColumnElement, Connection, or_, select

from models.lease import Holder
from storage.catalog.holders import is_known_dead
from storage.catalog.schema import Leasable

MAX_ATTEMPTS = 5
"""After so many failures without a success a person must look."""
MAX_DELAY = timedelta(hours=1)
ERROR_LENGTH = 2000
"""Characters that are kept of an error."""


class Held(TypedDict):
    """Columns of a row that say who holds it."""

    holder: str
    expires_at: datetime


class Taken(Held):
    """Columns of a row that somebody has just taken."""

    number: int


class Free(TypedDict):
    """Columns of a row that nobody holds."""

    holder: None
    expires_at: None


FREE = Free(holder=None, expires_at=None)


def takeable(table: type[Leasable], connection: Connection, now: datetime) -> ColumnElement[bool]:
    """Return the condition of rows that are due and that nobody holds, or nobody any more."""
    return (table.due_at <= now) & unheld(table, connection, now)


def unheld(table: type[Leasable], connection: Connection, now: datetime) -> ColumnElement[bool]:
    """Return the condition of rows that nobody holds: never leased, expired, or the holder is known to be dead."""
    holders = connection.scalars(select(table.holder).where(table.holder.is_not(None)).distinct())
    dead = [holder for holder in holders if holder and is_known_dead(Holder.model_validate_json(holder))]
    return or_(table.holder.is_(None), table.expires_at <= now, table.holder.in_(dead))


def taken(number: int, holder: Holder, now: datetime, seconds: float) -> Taken:
    """Return what a row is to hold once it is taken: the fencing token is one more than the last."""
    return Taken(number=number + 1, **held(holder, now, seconds))


def held(holder: Holder, now: datetime, seconds: float) -> Held:
    """Return what says that a row is held."""
    return Held(holder=holder.model_dump_json(), expires_at=now + timedelta(seconds=seconds))


def due_again(now: datetime, attempts: int, retry_after: float) -> datetime | None:
    """Return when to try again after failure number ``attempts``; ``None``: never.

    ``retry_after`` is the first delay in seconds; each further one is twice as long, at most ``MAX_DELAY``.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    return now + min(timedelta(seconds=retry_after) * (1 << (attempts - 1)), MAX_DELAY)


def storable(error: str) -> str:
    """Return an error's text, cut, without what databases do not take in a text."""
    return error[:ERROR_LENGTH].encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")
