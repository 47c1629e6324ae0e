"""Administrators let people in, and nobody else does."""

import re

import pytest

from config.messages import load_messages
from models.person import AccountState, Role
from storage.catalog.people import account_of
from tests.web.console.consoles import CENTRE, Console
from tests.web.report_pages import Page

TEXTS = load_messages("id")
CHANGES = ("/people", "/people/sari/link", "/people/sari/role", "/people/sari/open", "/people/sari/close")


@pytest.mark.parametrize("role", [Role.TRAINER, Role.REVIEWER])
def test_others_are_not_let_near_the_accounts(console: Console, role: Role) -> None:
    console.begin_session("sari", Role.TRAINER)
    client = console.signed_in("joko", role)
    assert {client.get(place).status_code for place in ("/people", "/people/sari", "/people/nobody")} == {403}
    form = {"name": "teman", "role": "administrator", "centre": ""}
    assert {client.post(place, data=form).status_code for place in CHANGES} == {403}
    assert account_of(console.catalog, "teman") is None
    sari = account_of(console.catalog, "sari")
    assert sari and (sari.person.role, sari.state) == (Role.TRAINER, AccountState.OPEN)
    assert 'href="/people"' not in client.get("/people").text


def test_an_invitation_makes_an_account_with_a_link_that_is_shown_once(console: Console) -> None:
    client = console.signed_in("pengelola", Role.ADMINISTRATOR)
    page = client.post("/people", data={"name": " Sari ", "role": "trainer", "centre": f" {CENTRE} "}).text
    (link,) = re.findall(r'value="http://testserver(/welcome/[\w-]{43})"', page)
    assert console.client().get(link).status_code == 200
    assert "/welcome/" not in client.get("/people/sari").text
    account = account_of(console.catalog, "sari")
    assert account and (account.person.centre, account.state) == (CENTRE, AccountState.INVITED)


@pytest.mark.parametrize(
    "form, wrong",
    [
        ({"name": "sari", "role": "trainer", "centre": "  "}, "centre"),
        ({"name": "sari", "role": "trainer", "centre": "x" * 101}, "centre"),
        ({"name": "sari", "role": "queen", "centre": ""}, "role"),
        ({"name": "sari"}, "role"),
        ({"name": "<script>", "role": "reviewer"}, "name"),
        ({"name": "s", "role": "reviewer"}, "name"),
        ({"name": "../people", "role": "reviewer"}, "name"),
        ({"role": "reviewer"}, "name"),
        ({"name": "pengelola", "role": "trainer", "centre": CENTRE}, "name_taken"),
    ],
)
def test_what_is_wrong_in_an_invitation_is_told_beside_it(
    console: Console, form: dict[str, str], wrong: str
) -> None:
    client = console.signed_in("pengelola", Role.ADMINISTRATOR)
    answer = client.post("/people", data=form)
    assert answer.status_code == 422
    assert TEXTS.text(f"console.door.wrong.{wrong}") in answer.text
    assert "<script" not in answer.text
    assert account_of(console.catalog, "sari") is None


def test_an_account_is_changed_closed_and_given_a_link_again(console: Console) -> None:
    client = console.signed_in("pengelola", Role.ADMINISTRATOR)
    trainers = console.signed_in("sari", Role.TRAINER)
    assert trainers.get("/").headers["location"] == "/sellers"

    assert client.post("/people/sari/role", data={"role": "reviewer", "centre": CENTRE}).status_code == 303
    assert trainers.get("/").headers["location"] == "/sign-in?next=/"
    assert client.post("/people/sari/close").status_code == 303
    closed = account_of(console.catalog, "sari")
    assert closed and (closed.person.role, closed.state) == (Role.REVIEWER, AccountState.CLOSED)
    assert "/welcome/" in client.post("/people/sari/link").text
    assert client.post("/people/nobody/link").status_code == 404


@pytest.mark.parametrize("centre", ["", "x" * 101])
def test_a_change_that_is_refused_stays_on_the_page(console: Console, centre: str) -> None:
    client = console.signed_in("pengelola", Role.ADMINISTRATOR)
    console.begin_session("tono", Role.REVIEWER)
    answer = client.post("/people/tono/role", data={"role": "trainer", "centre": centre})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert [field["value"] for field in page.all("input") if "checked" in field] == ["trainer"]
    assert [field["value"] for field in page.all("input") if field.get("name") == "centre"] == [centre]


def test_the_last_administrator_cannot_lock_everybody_out(console: Console) -> None:
    client = console.signed_in("pengelola", Role.ADMINISTRATOR)
    for place, form in (("close", {}), ("role", {"role": "reviewer"})):
        answer = client.post(f"/people/pengelola/{place}", data=form)
        assert answer.status_code == 422
        assert TEXTS.text("console.door.last_administrator.advice") in answer.text
    assert client.get("/people").status_code == 200
