"""Times are told by Jakarta's clock, wherever the server stands."""

import time
from datetime import UTC, datetime

import pytest

from config.wall_clock import day_and_time, time_of_day


@pytest.mark.parametrize("zone", ["UTC", "Asia/Jakarta", "America/New_York"])
def test_a_moment_is_told_as_the_clock_on_the_wall_shows_it(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", zone)
        time.tzset()
        told = [time_of_day(datetime(2026, 11, 27, 5, 30, tzinfo=UTC))]
        told.append(day_and_time(datetime(2026, 11, 27, 18, 5, tzinfo=UTC)))
    time.tzset()
    assert told == ["12.30", "28-11-2026 01.05"]
