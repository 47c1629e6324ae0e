"""Where a person is led back to: what she asked for, once she has signed in."""

import html
import re
from urllib.parse import unquote_plus

import pytest

from models.person import Role
from tests.web.console.processed import Workshop
from web.console.password import hash_password

PASSWORD = "tiga ekor kambing"
LISTING = "/sellers/ibu-ani/listings/Kain%20Batik"


@pytest.fixture(scope="module")
def kept() -> str:
    return hash_password(PASSWORD)


@pytest.mark.parametrize(
    "place",
    [
        "/sellers/ibu-ani/photos?listing=tas",
        LISTING,
        f"{LISTING}?moved=1",
        f"{LISTING}/retake?file=depan.jpg",
        "/class?centre=Balai+Sukamaju",
        "/class?centre=Balai%20Sukamaju",
        "/class?centre=Bal%C3%A9%5C%22",
        "/review?after=2026-03-01T05%3A30%3A00%2B00%3A00~5",
    ],
)
def test_who_signs_in_again_is_led_back_to_what_she_asked_for(workshop: Workshop, kept: str, place: str) -> None:
    workshop.add("ibu-ani/Kain Batik")
    workshop.console.begin_session("tuti", Role.ADMINISTRATOR, password=kept)
    client = workshop.console.client()
    door = client.get(client.get(place).headers["location"])
    form = {"name": "tuti", "password": PASSWORD}
    for given in ({**form, "password": "salah"}, form):
        found = re.search(r'name="next" value="([^"]*)">\s*<div', door.text)
        assert found
        door = client.post("/sign-in", data={**given, "next": html.unescape(found[1])})
    led = door.headers["location"]
    assert led.isascii() and unquote_plus(led) == unquote_plus(place)
    assert client.get(led).status_code == 200
