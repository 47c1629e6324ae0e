"""Where a person is led back to: what she asked for, once she has signed in, and once the language is switched."""

import html
import re
from urllib.parse import unquote_plus

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from models.listing import ListingKey
from models.person import Role
from storage.catalog.upload_links import make_link
from tests.web.console.consoles import Console
from tests.web.console.processed import PRICELESS, Workshop
from web.console.password import hash_password

PASSWORD = "tiga ekor kambing"
LISTING = "/sellers/ibu-ani/listings/Kain%20Batik"
LINKS = "/sellers/ibu-ani/links"


@pytest.fixture(scope="module")
def kept() -> str:
    return hash_password(PASSWORD)


def switch(client: TestClient, page: Response) -> Response:
    """Return what is shown once a page's switch to English was used."""
    found = re.search(r'name="next" value="([^"]*)"', page.text)
    assert found
    place = client.post("/language", data={"language": "en", "next": html.unescape(found[1])}).headers["location"]
    return client.get(place)


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


@pytest.mark.parametrize(
    ("came_from", "led"),
    [
        ("/sellers/ibu-ani/photos?listing=kain+batik", "/sellers/ibu-ani/photos?listing=kain+batik"),
        ("/sellers/new", "/sellers/new"),
        ("/sellers/ibu-ani/note", "/"),  # where a form was refused: nobody can ask for it
        ("//elsewhere.example/sellers", "/"),
        ("", "/"),
    ],
)
def test_whose_form_came_after_her_session_is_led_back_and_told_that_it_is_not_saved(
    console: Console, came_from: str, led: str
) -> None:
    client = console.client()
    referer = {"referer": f"http://testserver{came_from}"} if came_from else {}
    answer = client.post("/sellers/new", data={"name": "Bu Ani"}, headers=referer)
    assert answer.status_code == 303
    door = client.get(answer.headers["location"])
    found = re.findall(r'name="next" value="([^"]*)">\s*<div', door.text)
    assert [html.unescape(place) for place in found] == [led]
    assert "belum tersimpan" in door.text
    assert "belum tersimpan" not in client.get("/sign-in").text


@pytest.mark.parametrize(
    "referer", ["http://elsewhere.example/sellers", "http://testserver:1/sellers", "http://["]
)
def test_nobody_is_led_by_what_another_site_says(console: Console, referer: str) -> None:
    answer = console.client().post("/sellers/new", headers={"referer": referer})
    assert answer.headers["location"].startswith("/sign-in?next=/&")


def test_a_switch_of_language_at_the_door_forgets_nothing(console: Console) -> None:
    guest = console.client()
    place = "/sign-in?next=/sellers/x/photos%3Flisting%3Dtas"
    refused = guest.post("/sign-in", data={"name": "x", "password": "x", "next": "/sellers/x/photos?listing=tas"})
    for page in (guest.get(place), refused):
        assert 'name="next" value="/sellers/x/photos?listing=tas"' in switch(guest, page).text


def test_a_sellers_phone_stays_with_its_photo_and_its_product(workshop: Workshop) -> None:
    workshop.add("ibu-ani/tampah")
    key = ListingKey(seller="ibu-ani", listing="tampah")
    _, token = make_link(workshop.console.catalog, key, by="sari")
    for query, shown in (
        ("replaces=depan.jpg", 'data-replaces="depan.jpg"'),
        ("product=Topi", 'data-listing="topi"'),
    ):
        phone = workshop.console.client()
        page = switch(phone, phone.get(f"/u/{token}?{query}")).text
        assert '<html lang="en">' in page and shown in page
    assert f'href="/u/{token}?product=tampah"' in page and f'action="/u/{token}"' in page


@pytest.mark.parametrize("place", [LISTING, f"{LISTING}/retake?file=depan.jpg", "/review", "/class?centre=X+Y"])
def test_a_page_is_shown_again_in_the_other_language(workshop: Workshop, place: str) -> None:
    workshop.add("ibu-ani/Kain Batik", PRICELESS)
    client = workshop.console.signed_in("tuti", Role.ADMINISTRATOR)
    title = r"<title>.*?</title>"
    switched = switch(client, client.get(place))
    assert '<html lang="en">' in switched.text
    assert re.findall(title, switched.text) == re.findall(title, client.get(place).text)


@pytest.mark.parametrize(
    ("place", "form", "status", "shows"),
    [
        (LINKS, {"listing": "tas"}, 200, 'action="/sellers/ibu-ani/links"'),
        (f"{LINKS}/withdraw", {"listing": "tas"}, 200, 'action="/sellers/ibu-ani/links"'),
        (LINKS, {"listing": "Kain Batik", "replaces": "depan.jpg"}, 200, 'name="replaces" value="depan.jpg"'),
        ("/sellers/ibu-ani/note", {"listing": "tas", "price": "x"}, 422, 'data-draft="ibu-ani/tas"'),
        ("/sellers/ibu-ani/products", {"product": "!"}, 422, 'action="/sellers/ibu-ani/products"'),
        (f"{LISTING}/approve", {"version": "9"}, 409, f'action="{LISTING}/send-back"'),
        (f"{LISTING}/send-back", {"version": "1", "reason": "other"}, 422, f'action="{LISTING}/send-back"'),
    ],
)
def test_what_a_form_is_answered_with_leads_to_a_page_in_the_other_language(
    workshop: Workshop, trainer: TestClient, place: str, form: dict[str, str], status: int, shows: str
) -> None:
    workshop.add("ibu-ani/Kain Batik", PRICELESS)
    page = trainer.post(place, data=form)
    assert page.status_code == status
    switched = switch(trainer, page)
    assert (switched.status_code, '<html lang="en">' in switched.text) == (200, True)
    assert shows in switched.text


def test_from_what_a_form_could_not_do_the_switch_leads_to_the_start(
    workshop: Workshop, trainer: TestClient
) -> None:
    page = trainer.post(LINKS, data={"listing": "tas", "replaces": "x"})
    assert page.status_code == 404
    assert switch(trainer, page).headers["location"] == "/sellers"
