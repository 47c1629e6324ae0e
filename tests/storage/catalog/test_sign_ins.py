"""Tries are counted before they are looked at; many wrong passwords lock an account until somebody opens it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from models.audit import Act
from models.person import AccountState
from storage.catalog import Catalog
from storage.catalog.account_schema import SignInTries
from storage.catalog.audit import read_audit
from storage.catalog.clock import read_clock
from storage.catalog.links import make_link, use_link
from storage.catalog.people import account_of, open_account
from storage.catalog.sessions import person_of_session
from storage.catalog.sign_in_tries import MOST_FROM_AN_ADDRESS, MOST_OF_A_NAME, WINDOW, TooManyTries
from storage.catalog.sign_ins import LOCKED_AFTER, begin_sign_in, finish_sign_in, refuse_sign_in
from tests.storage.catalog.test_people import SARI, enter

HOME, ELSEWHERE = "192.168.1.7", "192.168.1.8"


def fail(catalog: Catalog, name: str, address: str, times: int) -> None:
    for _ in range(times):
        begin_sign_in(catalog, name, address)
        refuse_sign_in(catalog, name, address)


def let_the_window_pass(catalog: Catalog) -> None:
    with catalog.write() as connection:
        connection.execute(update(SignInTries).values(since=read_clock(connection) - WINDOW))


def state_of(catalog: Catalog) -> AccountState:
    account = account_of(catalog, "sari")
    assert account
    return account.state


def lock(catalog: Catalog) -> None:
    for _ in range(LOCKED_AFTER // MOST_OF_A_NAME):
        fail(catalog, "sari", HOME, MOST_OF_A_NAME)
        let_the_window_pass(catalog)
    assert state_of(catalog) is AccountState.LOCKED


def test_who_gives_the_right_password_has_a_new_session_and_the_one_before_it_ends(catalog: Catalog) -> None:
    former = enter(catalog, SARI)
    assert begin_sign_in(catalog, "sari", HOME) == "hash"
    session = finish_sign_in(catalog, "sari", HOME, password="hash", former=former)
    assert session and session != former
    assert person_of_session(catalog, session) == SARI
    assert person_of_session(catalog, former) is None


@pytest.mark.parametrize("name", ["sari", "nobody"])
def test_a_name_is_tried_a_few_times_whether_it_has_an_account_or_not(catalog: Catalog, name: str) -> None:
    enter(catalog, SARI)
    fail(catalog, name, HOME, MOST_OF_A_NAME)
    for address in (HOME, ELSEWHERE):
        with pytest.raises(TooManyTries):
            begin_sign_in(catalog, name, address)
    let_the_window_pass(catalog)
    begin_sign_in(catalog, name, HOME)


def test_an_address_is_let_try_a_number_of_names(catalog: Catalog) -> None:
    for number in range(MOST_FROM_AN_ADDRESS):
        begin_sign_in(catalog, f"name{number}", HOME)
    with pytest.raises(TooManyTries):
        begin_sign_in(catalog, "sari", HOME)
    begin_sign_in(catalog, "sari", ELSEWHERE)


def test_tries_at_the_same_moment_are_all_counted(catalog: Catalog) -> None:
    def is_looked_at(number: int) -> bool:
        try:
            begin_sign_in(catalog, "sari", f"10.0.0.{number}")
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(8) as attackers:
        assert sum(attackers.map(is_looked_at, range(24))) == MOST_OF_A_NAME


def test_many_wrong_passwords_lock_an_account_even_for_the_right_one(catalog: Catalog) -> None:
    enter(catalog, SARI)
    lock(catalog)
    assert begin_sign_in(catalog, "sari", HOME) is None
    assert finish_sign_in(catalog, "sari", HOME, password="hash", former=None) is None
    recorded = [entry.act for entry in read_audit(catalog)]
    assert recorded.count(Act.SIGN_IN_REFUSED) == LOCKED_AFTER
    assert recorded.count(Act.ACCOUNT_LOCKED) == 1


def test_an_administrator_opens_a_locked_account(catalog: Catalog) -> None:
    enter(catalog, SARI)
    lock(catalog)
    open_account(catalog, "sari", by="pengelola")
    assert begin_sign_in(catalog, "sari", HOME) == "hash"


def test_a_link_opens_a_locked_account_and_lets_her_try_at_once(catalog: Catalog) -> None:
    enter(catalog, SARI)
    lock(catalog)
    fail(catalog, "sari", HOME, MOST_OF_A_NAME)
    assert use_link(catalog, make_link(catalog, "sari", by="pengelola"), "new hash")
    assert begin_sign_in(catalog, "sari", HOME) == "new hash"


def test_a_right_password_begins_the_count_anew(catalog: Catalog) -> None:
    enter(catalog, SARI)
    for _ in range(LOCKED_AFTER):
        fail(catalog, "sari", HOME, 1)
        begin_sign_in(catalog, "sari", HOME)
        assert finish_sign_in(catalog, "sari", HOME, password="hash", former=None)
    assert state_of(catalog) is AccountState.OPEN


def test_what_was_typed_as_a_name_that_nobody_has_is_kept_nowhere(catalog: Catalog) -> None:
    fail(catalog, "tiga ekor kambing", HOME, 1)
    (entry,) = read_audit(catalog)
    assert (entry.by, entry.act, entry.detail) == ("-", Act.SIGN_IN_REFUSED, {"address": HOME})
    with catalog.read() as connection:
        assert not any("kambing" in str(row) for row in connection.execute(SignInTries.__table__.select()))


def test_a_password_that_was_changed_meanwhile_lets_nobody_in(catalog: Catalog) -> None:
    enter(catalog, SARI)
    kept = begin_sign_in(catalog, "sari", HOME)
    use_link(catalog, make_link(catalog, "sari", by="pengelola"), "new hash")
    assert kept == "hash"
    assert finish_sign_in(catalog, "sari", HOME, password=kept, former=None) is None
