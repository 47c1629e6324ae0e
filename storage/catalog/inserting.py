"""Inserts that leave a row alone, or renew it, where it is already there."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from storage.catalog.clock import DATABASE_NOW
from storage.catalog.schema import Schema

Row = Mapping[str, object]


def insert_missing(connection: Connection, table: type[Schema], rows: Sequence[Row]) -> None:
    """Insert those rows whose key or unique column is not there yet; the others stay as they are."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), list(rows))


def insert_or_renew(
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
        statement = _insert(connection, table).values({moment: DATABASE_NOW} if moment else {})
        values = {column: statement.excluded[column] for column in renew}
        connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values), list(rows))


def _insert(connection: Connection, table: type[Schema]) -> sqlite.Insert | postgresql.Insert:
    # The standard has no such insert; these two databases write it alike.
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
