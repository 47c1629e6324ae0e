from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.catalog import Catalog
from storage.catalog.clock import Moment, read_clock

ZONES = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES)
DIALECT = sqlite.dialect()
SKEW = timedelta(seconds=2)


def kept(moment: datetime) -> int:
    number = Moment().process_bind_param(moment, DIALECT)
    assert number is not None
    return number


@given(TIMES)
def test_a_time_comes_back_to_the_millisecond_in_utc(moment: datetime) -> None:
    back = Moment().process_result_value(kept(moment), DIALECT)
    assert back is not None
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)
    assert back.tzinfo is UTC


@given(TIMES, TIMES)
def test_what_is_kept_sorts_as_the_times_do(one: datetime, other: datetime) -> None:
    assert kept(min(one, other)) <= kept(max(one, other))


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        kept(datetime(2026, 1, 1))


def test_the_database_tells_the_time_within_a_transaction_too(catalog: Catalog) -> None:
    begun = datetime.now(UTC)
    with catalog.read() as connection:
        first = read_clock(connection)
        while (second := read_clock(connection)) == first:
            pass
    # However long that took: each time lies between ours, but for what two clocks may differ by.
    assert begun - SKEW <= first < second <= datetime.now(UTC) + SKEW
