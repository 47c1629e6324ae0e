"""A one-time link works once, for some days, and nobody finds it in the catalog."""

from datetime import timedelta

from sqlalchemy import select, update

from storage.catalog import Catalog
from storage.catalog.account_schema import Links, People, Sessions
from storage.catalog.clock import read_clock
from storage.catalog.links import LINK_LIFE, invited_by, make_link, use_link
from storage.catalog.people import add_person, close_account
from storage.catalog.sign_ins import begin_sign_in
from tests.storage.catalog.test_people import SARI


def test_a_link_works_once_however_often_it_is_looked_at(catalog: Catalog) -> None:
    add_person(catalog, SARI, by="tests")
    link = make_link(catalog, "sari", by="tests")

    assert [invited_by(catalog, link) for _ in range(2)] == [SARI, SARI]
    assert use_link(catalog, link, "first")
    assert invited_by(catalog, link) is None
    assert use_link(catalog, link, "second") is None
    with catalog.read() as connection:
        assert connection.execute(select(People.password)).scalar_one() == "first"


def test_a_newer_link_replaces_the_older_one(catalog: Catalog) -> None:
    add_person(catalog, SARI, by="tests")
    older, newer = (make_link(catalog, "sari", by="tests") for _ in range(2))
    assert invited_by(catalog, older) is None
    assert invited_by(catalog, newer) == SARI


def test_a_link_that_has_run_out_is_refused(catalog: Catalog) -> None:
    add_person(catalog, SARI, by="tests")
    link = make_link(catalog, "sari", by="tests")
    with catalog.write() as connection:
        now = read_clock(connection)
        left = connection.execute(select(Links.expires_at)).scalar_one() - now
        assert LINK_LIFE - timedelta(minutes=5) < left <= LINK_LIFE
        connection.execute(update(Links).values(expires_at=now))
    assert invited_by(catalog, link) is None
    assert use_link(catalog, link, "hash") is None


def test_neither_link_nor_session_is_kept_as_it_is(catalog: Catalog) -> None:
    add_person(catalog, SARI, by="tests")
    session = use_link(catalog, make_link(catalog, "sari", by="tests"), "hash")
    link = make_link(catalog, "sari", by="tests")
    with catalog.read() as connection:
        kept = [str(row) for table in (Links, Sessions) for row in connection.execute(select(table.__table__))]
    assert len(kept) == 2
    assert session and not any(session in row or link in row for row in kept)


def test_a_closed_account_is_not_opened_to_its_old_password_by_a_new_link(catalog: Catalog) -> None:
    for name in ("sari", "dewi"):
        add_person(catalog, SARI.model_copy(update={"name": name}), by="tests")
        assert use_link(catalog, make_link(catalog, name, by="tests"), "old")
    close_account(catalog, "sari", by="tests")
    link = make_link(catalog, "sari", by="tests")
    make_link(catalog, "dewi", by="tests")
    assert begin_sign_in(catalog, "sari", "10.0.0.1") is None
    assert begin_sign_in(catalog, "dewi", "10.0.0.1") == "old"
    assert use_link(catalog, link, "new")
    assert begin_sign_in(catalog, "sari", "10.0.0.1") == "new"
