"""What all pages have: files of our own, a language, and kind words for what goes wrong."""

import re

import pytest

from config.messages import load_messages
from models.person import AccountState, Role
from tests.web.console.consoles import Console
from web.console.error_pages import Fault
from web.console.password import Weakness
from web.console.static_files import load_static_files


def test_files_are_kept_for_good_under_an_address_that_changes_with_them(console: Console) -> None:
    client = console.client()
    (address,) = re.findall(r'rel="stylesheet" href="([^"]+)"', client.get("/sign-in").text)
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.content == load_static_files().files["console.css"]
    other = address.replace(load_static_files().version, "0" * 16)
    assert client.get(other).status_code == 404


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "/etc/passwd", "console.css%00", ""]
)
def test_no_other_file_is_given(console: Console, name: str) -> None:
    assert console.client().get(f"/static/{load_static_files().version}/{name}").status_code == 404


def test_the_language_is_chosen_in_the_browser_and_indonesian_without_a_choice(console: Console) -> None:
    client = console.client()
    assert 'lang="id"' in client.get("/sign-in").text
    switched = client.post("/language", data={"language": "en", "next": "/sign-in?next=/people"})
    assert switched.headers["location"] == "/sign-in?next=/people"
    page = client.get("/sign-in").text
    assert '<html lang="en">' in page
    assert load_messages("en").text("console.door.sign_in.lost") in page
    client.post("/language", data={"language": "xx"})
    assert '<html lang="en">' in client.get("/sign-in").text


def test_who_is_signed_in_keeps_her_menu_where_there_is_no_page(console: Console) -> None:
    page = console.signed_in("sari", Role.TRAINER).get("/no-such-page")
    assert page.status_code == 404
    assert 'href="/sellers"' in page.text and 'action="/sign-out"' in page.text
    strangers = console.client().get("/no-such-page").text
    assert 'href="/sellers"' not in strangers and 'action="/sign-out"' not in strangers


def test_a_script_is_told_of_a_fault_in_the_same_words(console: Console) -> None:
    answer = console.client().get("/no-such-page", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (
        404,
        {
            "fault": "not_found",
            "title": load_messages("id").text("console.door.fault.not_found.title"),
            "advice": load_messages("id").text("console.door.fault.not_found.advice"),
        },
    )


@pytest.mark.parametrize(
    "section, codes",
    [("fault", Fault), ("weakness", Weakness), ("role", Role), ("role_does", Role), ("state", AccountState)],
)
def test_every_code_has_its_text(section: str, codes: type[Fault | Weakness | Role | AccountState]) -> None:
    for code in codes:
        texts = load_messages("id").texts
        part = ".title" if section == "fault" else ""
        assert texts[f"console.door.{section}.{code}{part}"]
