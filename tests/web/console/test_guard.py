"""What another site has a browser send is refused, and every answer says what a browser may do with it."""

import pytest
from starlette.datastructures import Headers

from config.messages import load_messages
from models.person import Role
from storage.catalog.sessions import person_of_session
from tests.web.console.consoles import Console
from web.console.guard import is_ours
from web.console.session import PLAIN

OURS = {"host": "192.168.1.5:8000"}


@pytest.mark.parametrize(
    "headers, ours",
    [
        ({"origin": "http://192.168.1.5:8000"}, True),
        ({"origin": "https://192.168.1.5:8000"}, True),  # TLS ends before us
        ({"sec-fetch-site": "same-origin"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://192.168.1.5"}, False),
        ({"origin": "http://192.168.1.5:8000.evil.example"}, False),
        ({"origin": "http://user@192.168.1.5:8000"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "http://["}, False),
        ({"origin": "http://", "host": ""}, False),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({}, False),
    ],
)
def test_a_browser_says_whose_page_has_sent_a_request(headers: dict[str, str], ours: bool) -> None:
    assert is_ours(Headers(OURS | headers)) is ours


def test_no_host_is_nobodys() -> None:
    assert not is_ours(Headers({"origin": "null"}))
    assert not is_ours(Headers({"origin": "file://"}))


@pytest.mark.parametrize("origin", ["http://evil.example", "null", None])
def test_another_site_cannot_act_for_who_is_signed_in(console: Console, origin: str | None) -> None:
    session = console.begin_session("pengelola", Role.ADMINISTRATOR)
    client = console.client(session, origin=origin)
    invitation = {"name": "mata-mata", "role": "administrator"}
    for place in ("/people", "/sign-out", "/language", "/people/pengelola/close", "/no-such-page"):
        answer = client.post(place, data=invitation)
        assert (answer.status_code, answer.headers.get_list("set-cookie")) == (403, [])
    assert person_of_session(console.catalog, session)
    assert "mata-mata" not in client.get("/people").text


@pytest.mark.parametrize("place", ["/sellers/ibu%00ani", "/people/%00", "/class?centre=a%00", "/no-such%00page"])
def test_no_address_has_the_sign_0_in_it(console: Console, place: str) -> None:
    answer = console.signed_in("pengelola", Role.ADMINISTRATOR).get(place)
    assert answer.status_code == 404
    assert load_messages("id").text("console.door.fault.not_found.title") in answer.text


@pytest.mark.parametrize("place", ["/sign-in", "/people", "/no-such-page", "/healthz", "/ingest/s3", "/broken"])
def test_every_answer_tells_a_browser_what_it_may_do(console: Console, place: str) -> None:
    @console.app.get("/broken")
    def break_down() -> None:
        raise RuntimeError("a fault of ours")

    headers = console.client().get(place).headers
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} <= set(policy)
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


def test_a_page_about_a_person_is_kept_by_no_cache(console: Console) -> None:
    assert console.signed_in("sari", Role.ADMINISTRATOR).get("/people").headers["cache-control"] == "no-store"


def test_a_fault_of_ours_is_told_without_its_words(console: Console) -> None:
    @console.app.get("/broken")
    def break_down() -> None:
        raise RuntimeError("rahasia")

    answer = console.client().get("/broken")
    assert answer.status_code == 500
    assert "rahasia" not in answer.text and "<h1>" in answer.text


def test_a_foreign_session_name_is_no_way_in(console: Console) -> None:
    client = console.client()
    client.cookies.set(PLAIN, "../../etc/passwd")
    assert client.get("/people").status_code == 303
