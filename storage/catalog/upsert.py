"""Inserts rows; where a row is already there, leaves it alone or updates it."""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from storage.catalog.clock import DATABASE_NOW
from storage.catalog.schema import Schema

Row = Mapping[str, object]
Insert = sqlite.Insert | postgresql.Insert


def insert_missing(connection: Connection, table: type[Schema], rows: Sequence[Row]) -> None:
    """Insert those rows whose key or unique column is not there yet; the others stay as they are."""
    if rows:
        connection.execute(_insert(connection.dialect.name, table).on_conflict_do_nothing(), list(rows))


def upsert(
    connection: Connection,
    table: type[Schema],
    rows: Sequence[Row],
    *,
    key: Sequence[str],
    renew: Sequence[str],
    moment: str | None = None,
) -> None:
    """Insert rows; where one with the same ``key`` is there, its columns ``renew`` take the new values.

    Column ``moment``, if any, takes the database's time, which then need not be asked for.
    """
    if rows:
        statement = _renewing(connection.dialect.name, table, tuple(key), tuple(renew), moment)
        connection.execute(statement, list(rows))


# Made once: with every listing one of them is asked for.
@cache
def _renewing(
    dialect: str, table: type[Schema], key: tuple[str, ...], renew: tuple[str, ...], moment: str | None
) -> Insert:
    statement = _insert(dialect, table).values({moment: DATABASE_NOW} if moment else {})
    values = {column: statement.excluded[column] for column in renew}
    return statement.on_conflict_do_update(index_elements=key, set_=values)


def _insert(dialect: str, table: type[Schema]) -> Insert:
    # The standard has no such insert; these two databases write it alike.
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
