"""In and out; and those who should not come in."""

import pytest
from sqlalchemy import select

from models.audit import Act
from models.person import Role
from storage.catalog.account_schema import Sessions
from storage.catalog.audit import read_audit
from storage.catalog.links import make_link
from storage.catalog.people import close_account
from storage.catalog.sessions import person_of_session
from storage.catalog.sign_in_tries import MOST_OF_A_NAME
from tests.web.console.consoles import Console
from web.console.password import hash_password
from web.console.session import BEHIND_TLS, PLAIN

PASSWORD = "tiga ekor kambing"
RIGHT = {"name": "sari", "password": PASSWORD}


@pytest.fixture(scope="module")
def kept() -> str:
    return hash_password(PASSWORD)


def sessions_in(console: Console) -> int:
    with console.catalog.read() as connection:
        return len(connection.execute(select(Sessions.seal)).all())


def test_who_is_not_signed_in_is_led_to_the_door_and_back_again(console: Console, kept: str) -> None:
    console.begin_session("sari", Role.ADMINISTRATOR, password=kept)
    client = console.client()

    asked = client.get("/people")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/people")
    let_in = client.post("/sign-in", data={**RIGHT, "next": "/people"})
    assert (let_in.status_code, let_in.headers["location"]) == (303, "/people")
    assert client.get("/people").status_code == 200

    client.post("/sign-out")
    assert client.get("/people").status_code == 303


def test_a_script_is_told_that_nobody_is_signed_in(console: Console) -> None:
    answer = console.client().get("/people", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"sign_in": "/sign-in?next=/people"})


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(console: Console, kept: str) -> None:
    console.begin_session("sari", Role.TRAINER, password=kept)
    (cookie,) = console.client().post("/sign-in", data=RIGHT).headers.get_list("set-cookie")
    name, *flags = (part.strip() for part in cookie.split(";"))
    assert name.startswith(f"{PLAIN}=") and len(name) > 40
    # Over plain HTTP, as in the room, a browser would not send back what is marked as Secure.
    assert {flag.lower() for flag in flags} == {"httponly", "path=/", "samesite=lax"}


def test_behind_tls_the_cookie_stays_on_tls_and_on_this_host(console: Console, kept: str) -> None:
    console.begin_session("sari", Role.TRAINER, password=kept)
    client = console.client(origin="https://testserver")
    client.base_url = "https://testserver"
    answer = client.post("/sign-in", data=RIGHT)
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith(f"{BEHIND_TLS}=")
    assert {part.strip().lower() for part in cookie.split(";")[1:]} == {
        "httponly",
        "path=/",
        "samesite=lax",
        "secure",
    }
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_a_session_that_somebody_else_has_planted_is_not_taken_over(console: Console, kept: str) -> None:
    planted = console.begin_session("wati", Role.TRAINER)
    console.begin_session("sari", Role.TRAINER, password=kept)
    for cookie in (planted, "made-up-by-the-attacker"):
        victim = console.client(cookie)
        victim.post("/sign-in", data=RIGHT)
        new = victim.cookies.get(PLAIN)
        assert new and new != cookie
        assert person_of_session(console.catalog, cookie) is None


def test_nobody_learns_which_names_have_accounts(console: Console, kept: str) -> None:
    console.begin_session("sari", Role.TRAINER, password=kept)
    console.begin_session("joko", Role.TRAINER, password=kept)
    close_account(console.catalog, "joko", by="tests")
    answers = set()
    for name, password in (("sari", "salah"), ("joko", PASSWORD), ("hantu", PASSWORD)):
        answer = console.client().post("/sign-in", data={"name": name, "password": password})
        assert not answer.headers.get_list("set-cookie")
        answers.add((answer.status_code, answer.text.replace(name, "NAME")))
    assert len(answers) == 1
    assert answers.pop()[0] == 403


def test_after_a_few_wrong_passwords_the_right_one_is_not_looked_at(console: Console, kept: str) -> None:
    console.begin_session("sari", Role.TRAINER, password=kept)
    before = sessions_in(console)
    client = console.client()
    statuses = [
        client.post("/sign-in", data={"name": "sari", "password": f"salah {number}"}).status_code
        for number in range(MOST_OF_A_NAME)
    ]
    assert set(statuses) == {403}
    assert client.post("/sign-in", data=RIGHT).status_code == 429
    assert sessions_in(console) == before
    refused = [entry for entry in read_audit(console.catalog) if entry.act is Act.SIGN_IN_REFUSED]
    assert [entry.by for entry in refused] == ["sari"] * MOST_OF_A_NAME


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", ""],
)
def test_nobody_is_led_to_another_site(console: Console, kept: str, elsewhere: str) -> None:
    console.begin_session("sari", Role.TRAINER, password=kept)
    client = console.client()
    assert client.post("/sign-in", data={**RIGHT, "next": elsewhere}).headers["location"] == "/"
    assert client.post("/language", data={"language": "en", "next": elsewhere}).headers["location"] == "/"
    assert "evil" not in client.get("/sign-in", params={"next": elsewhere}).text.split("<main")[1]


def test_a_closed_accounts_session_ends_at_once(console: Console) -> None:
    console.begin_session("pengelola", Role.ADMINISTRATOR)
    client = console.signed_in("tuti", Role.ADMINISTRATOR)
    assert client.get("/people").status_code == 200
    close_account(console.catalog, "tuti", by="pengelola")
    assert client.get("/people").status_code == 303


@pytest.mark.parametrize(
    "role, work",
    [(Role.TRAINER, "/sellers"), (Role.REVIEWER, "/review"), (Role.ADMINISTRATOR, "/people")],
)
def test_the_start_page_leads_each_to_her_work(console: Console, role: Role, work: str) -> None:
    assert console.signed_in("sari", role).get("/").headers["location"] == work


@pytest.mark.parametrize(
    "password, again, status",
    [
        ("pendek", "pendek", 422),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", 422),
        ("sari12345678", "sari12345678", 422),
        (PASSWORD, f"{PASSWORD}s", 422),
        ("x y z " * 40, "x y z " * 40, 422),
        (PASSWORD, PASSWORD, 303),
    ],
)
def test_a_link_takes_a_good_password_and_keeps_until_there_is_one(
    console: Console, password: str, again: str, status: int
) -> None:
    console.begin_session("sari", Role.TRAINER)
    link = f"/welcome/{make_link(console.catalog, 'sari', by='tests')}"
    client = console.client()
    assert client.post(link, data={"password": password, "again": again}).status_code == status
    assert client.get(link).status_code == (410 if status == 303 else 200)
    assert (PLAIN in client.cookies) == (status == 303)


def test_a_used_or_made_up_link_is_told_to_be_gone_and_changes_nothing(console: Console) -> None:
    console.begin_session("sari", Role.TRAINER)
    link = f"/welcome/{make_link(console.catalog, 'sari', by='tests')}"
    good = {"password": PASSWORD, "again": PASSWORD}
    assert console.client().post(link, data=good).status_code == 303
    for place in (link, "/welcome/made-up"):
        thief = console.client()
        assert thief.get(place).status_code == 410
        assert (
            thief.post(place, data={"password": "kata sandi pencuri", "again": "kata sandi pencuri"}).status_code
            == 410
        )
        assert PLAIN not in thief.cookies
    assert console.client().post("/sign-in", data=RIGHT).status_code == 303
