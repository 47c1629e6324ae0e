"""A session lasts while it is used, and no longer than a day's work."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from storage.catalog import Catalog
from storage.catalog.account_schema import Sessions
from storage.catalog.clock import read_clock
from storage.catalog.sessions import IDLE, LONGEST, end_session, look_at_session, person_of_session
from tests.storage.catalog.test_people import SARI, enter

SECOND = timedelta(seconds=1)


def age(catalog: Catalog, *, began: timedelta, seen: timedelta) -> None:
    with catalog.write() as connection:
        now = read_clock(connection)
        connection.execute(update(Sessions).values(began_at=now - began, seen_at=now - seen))


@pytest.mark.parametrize("began, seen", [(IDLE + SECOND, IDLE + SECOND), (LONGEST + SECOND, SECOND)])
def test_it_ends_when_nobody_uses_it_and_after_a_day_of_work(
    catalog: Catalog, began: timedelta, seen: timedelta
) -> None:
    session = enter(catalog, SARI)
    age(catalog, began=began, seen=seen)
    assert person_of_session(catalog, session) is None


def test_using_it_keeps_it(catalog: Catalog) -> None:
    session = enter(catalog, SARI)
    age(catalog, began=IDLE, seen=IDLE - timedelta(minutes=10))
    assert person_of_session(catalog, session) == SARI
    with catalog.read() as connection:
        seen = connection.execute(select(Sessions.seen_at)).scalar_one()
        assert read_clock(connection) - seen < timedelta(minutes=5)


def test_a_look_at_it_finds_who_is_there_and_keeps_nothing(catalog: Catalog) -> None:
    session = enter(catalog, SARI)
    age(catalog, began=IDLE, seen=IDLE - timedelta(minutes=10))
    assert look_at_session(catalog, session) == SARI
    age(catalog, began=IDLE, seen=IDLE + SECOND)
    assert look_at_session(catalog, session) is None
    with catalog.read() as connection:
        seen = connection.execute(select(Sessions.seen_at)).scalar_one()
        assert read_clock(connection) - seen > IDLE


def test_signing_out_ends_one_and_what_has_run_out_is_removed(catalog: Catalog) -> None:
    session = enter(catalog, SARI)
    end_session(catalog, session)
    assert person_of_session(catalog, session) is None
    assert person_of_session(catalog, "made up") is None

    enter(catalog, SARI.model_copy(update={"name": "wati"}))
    age(catalog, began=LONGEST * 2, seen=LONGEST * 2)
    enter(catalog, SARI.model_copy(update={"name": "tuti"}))
    with catalog.read() as connection:
        assert connection.execute(select(func.count()).select_from(Sessions)).scalar_one() == 1
