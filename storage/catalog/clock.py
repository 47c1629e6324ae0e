"""The database's clock: the only one that every worker shares."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Connection, Dialect, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


class Moment(TypeDecorator[datetime]):
    """A point in time, kept as whole milliseconds since 1970 in UTC: an order that every database agrees on."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the database; a time without a zone is refused with a TypeError."""
        return None if value is None else (value - EPOCH) // MILLISECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """From the database, in UTC."""
        return None if value is None else EPOCH + value * MILLISECOND


class _DatabaseNow(FunctionElement[datetime]):
    type = Moment()
    inherit_cache = True


@compiles(_DatabaseNow, "sqlite")
def _on_sqlite(element: _DatabaseNow, compiler: SQLCompiler, **options: object) -> str:
    # Days since noon of 24 November 4714 BC; 2440587.5 of them until 1970.
    return "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"


@compiles(_DatabaseNow, "postgresql")
def _on_postgresql(element: _DatabaseNow, compiler: SQLCompiler, **options: object) -> str:
    # now() would be the transaction's start, which may be long before a lock was had.
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"


DATABASE_NOW = _DatabaseNow()
"""The database's time, within a statement."""


def read_clock(connection: Connection) -> datetime:
    """Return the database's time, in UTC, to the millisecond."""
    return connection.execute(select(DATABASE_NOW)).scalar_one()
