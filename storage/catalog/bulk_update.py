"""Updates many rows in one call, each with values of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, BindParameter, Connection, Text, and_, bindparam, column, func, update
from sqlalchemy.sql.expression import ColumnElement
from sqlalchemy.types import TypeEngine

from storage.catalog.schema import Schema

Row = Mapping[str, object]


class BulkUpdate:
    """Finds rows of one table by their columns ``key``, and gives each its own values of the columns ``give``.

    PostgreSQL takes all of them in one statement; SQLite, to which sending costs nothing, one after the other.
    """

    def __init__(
        self,
        table: type[Schema],
        *,
        key: Sequence[str],
        give: Sequence[str],
        give_all: Mapping[str, object] | None = None,
    ) -> None:
        """Make the statements, which are used again and again; every row takes the values ``give_all``."""
        columns = table.__table__.columns
        self._named = {name: f"its_{name}" for name in (*key, *give)}
        one: dict[str, ColumnElement[Any]] = {name: bindparam(its) for name, its in self._named.items()}
        every = func.unnest(*(_array(columns[name], its) for name, its in self._named.items()))
        rows = every.table_valued(*(column(name, columns[name].type) for name in self._named), name="given")

        self._one, self._all = (
            update(table)
            .where(and_(*(columns[name] == given[name] for name in key)))
            .values({name: given[name] for name in give} | dict(give_all or {}))
            for given in (one, rows.render_derived().c)
        )

    def execute(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Update those that are there; each row holds ``key`` and ``give``, and no two have the same key."""
        if not rows:
            return
        if connection.dialect.name == "sqlite":
            connection.execute(self._one, [{its: row[name] for name, its in self._named.items()} for row in rows])
        else:
            connection.execute(self._all, {its: [row[name] for row in rows] for name, its in self._named.items()})


def _array(of: ColumnElement[Any], name: str) -> BindParameter[Any]:
    # The order of a column's texts is no part of an array's type.
    plain: TypeEngine[Any] = Text() if isinstance(of.type, Text) else of.type
    return bindparam(name, type_=ARRAY(plain))
