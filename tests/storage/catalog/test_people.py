"""Accounts: who may come in, and that somebody always can let others in."""

import pytest

from models.audit import Act
from models.person import AccountState, LastAdministrator, NameTaken, Person, Role
from storage.catalog import Catalog
from storage.catalog.audit import read_audit
from storage.catalog.links import FIRST, make_first_link, make_link, use_link
from storage.catalog.people import account_of, add_person, change_role, close_account, people
from storage.catalog.sessions import person_of_session

SARI = Person(name="sari", role=Role.TRAINER, centre="Balai Sukamaju")


def enter(catalog: Catalog, person: Person) -> str:
    """Make an account, choose a password, and return the session."""
    add_person(catalog, person, by="tests")
    session = use_link(catalog, make_link(catalog, person.name, by="tests"), "hash")
    assert session
    return session


def acts(catalog: Catalog) -> list[Act]:
    return [entry.act for entry in read_audit(catalog)]


def test_a_name_is_given_once(catalog: Catalog) -> None:
    add_person(catalog, SARI, by="tests")
    with pytest.raises(NameTaken):
        add_person(catalog, Person(name="sari", role=Role.ADMINISTRATOR, centre=""), by="tests")
    assert [account.person for account in people(catalog)] == [SARI]


def test_another_role_ends_every_session_and_is_recorded(catalog: Catalog) -> None:
    session = enter(catalog, SARI)
    reviewer = Person(name="sari", role=Role.REVIEWER, centre="")

    change_role(catalog, reviewer, by="pengelola")

    assert person_of_session(catalog, session) is None
    account = account_of(catalog, "sari")
    assert account and account.person == reviewer
    last = list(read_audit(catalog))[-1]
    assert (last.act, last.by, last.detail) == (
        Act.ROLE_CHANGED,
        "pengelola",
        {"person": "sari", "role": "reviewer"},
    )


def test_a_closed_account_ends_its_sessions_and_its_link_and_a_new_link_opens_it(catalog: Catalog) -> None:
    session = enter(catalog, SARI)
    link = make_link(catalog, "sari", by="tests")

    close_account(catalog, "sari", by="pengelola")

    assert person_of_session(catalog, session) is None
    assert use_link(catalog, link, "hash") is None
    account = account_of(catalog, "sari")
    assert account and account.state is AccountState.CLOSED
    again = use_link(catalog, make_link(catalog, "sari", by="pengelola"), "hash")
    assert again and person_of_session(catalog, again) == SARI


def test_the_last_administrator_who_can_sign_in_stays(catalog: Catalog) -> None:
    enter(catalog, FIRST)
    add_person(catalog, Person(name="tuti", role=Role.ADMINISTRATOR, centre=""), by="tests")  # has no password yet

    with pytest.raises(LastAdministrator):
        close_account(catalog, FIRST.name, by="tests")
    with pytest.raises(LastAdministrator):
        change_role(catalog, Person(name=FIRST.name, role=Role.REVIEWER, centre=""), by="tests")

    assert Act.ACCOUNT_CLOSED not in acts(catalog)
    use_link(catalog, make_link(catalog, "tuti", by="tests"), "hash")
    close_account(catalog, FIRST.name, by="tests")
    assert Act.ACCOUNT_CLOSED in acts(catalog)


def test_there_is_a_first_link_until_an_administrator_has_used_one(catalog: Catalog) -> None:
    lost, found = make_first_link(catalog), make_first_link(catalog)
    assert lost and found
    assert use_link(catalog, lost, "hash") is None
    assert use_link(catalog, found, "hash")
    assert make_first_link(catalog) is None
    assert [account.person for account in people(catalog)] == [FIRST]


def test_nothing_is_done_to_who_is_not_there(catalog: Catalog) -> None:
    for attempt in (
        lambda: make_link(catalog, "sari", by="tests"),
        lambda: change_role(catalog, SARI, by="tests"),
        lambda: close_account(catalog, "sari", by="tests"),
    ):
        with pytest.raises(LookupError):
            attempt()
    assert acts(catalog) == []
