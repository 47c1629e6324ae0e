"""Sellers, their photos and their runs as pages: who sees them, what is kept, and what is refused."""

import asyncio
import base64
import re

import pytest
from fastapi.testclient import TestClient

from models.person import Role
from models.seller import Enrolment
from storage.catalog.sellers import enrol_seller, sellers_of
from storage.discovery import discover
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import CENTRE, Console
from tests.web.console.processed import Workshop
from tests.web.console.sending import PHOTO, TUS, encode_about
from web.console.run_pages import tell_changes

NEW = {
    "key": "kunci-12345",
    "name": "Bu Ani",
    "village": "Sukamaju",
    "shop": "Dapur Ani",
    "marketplace.shopee": "on",
    "consent": "on",
}
EVIL = '"><script>alert(1)</script>{{ 7 * 7 }}'


@pytest.fixture
def trainer(console: Console) -> TestClient:
    return console.signed_in("sari", Role.TRAINER)


def enrol(console: Console, centre: str = CENTRE, name: str = "Bu Ani") -> str:
    return enrol_seller(console.catalog, Enrolment(name=name, centre=centre), by="sari").folder


def send_photo(client: TestClient, address: str, listing: str = "keripik", key: str = "k") -> str:
    """Send a photo by tus and return its address."""
    told = f"listing {_base64(listing)},key {_base64(key)},filename {_base64('depan.jpg')}"
    begun = client.post(address, headers={**TUS, "upload-length": str(len(PHOTO)), "upload-metadata": told})
    assert begun.status_code == 201, begun.text
    piece = {**TUS, "upload-offset": "0", "content-type": "application/offset+octet-stream"}
    assert client.patch(begun.headers["location"], headers=piece, content=PHOTO).status_code == 204
    return begun.headers["location"]


def status_of(page: str) -> str:
    """Return what a run's page says of the whole."""
    return page.partition('role="status">')[2].partition("<")[0]


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_a_trainer_enrols_a_seller_of_her_own_centre_and_is_led_to_her_photos(
    console: Console, trainer: TestClient
) -> None:
    answer = trainer.post("/sellers/new", data={**NEW, "centre": "Lain"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sellers/bu-ani/photos?enrolled=1")
    (seller,) = sellers_of(console.catalog, CENTRE)
    assert (seller.name, seller.shop, seller.marketplaces) == ("Bu Ani", "Dapur Ani", ("shopee",))
    assert "Bu Ani" in trainer.get("/sellers").text


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"consent": None}, "Tanyakan dulu persetujuan penjual."),
        ({"name": " "}, "Tulis nama penjual dengan huruf."),
        ({"name": "!!"}, "Tulis nama penjual dengan huruf."),
        ({"village": "x" * 101}, "Tulis paling banyak 100 huruf"),
        ({"marketplace.nowhere": "on"}, "Pilih pasar yang ada di daftar."),
    ],
)
def test_what_is_missing_is_said_and_nothing_that_was_typed_is_lost(
    console: Console, trainer: TestClient, changed: dict[str, str | None], says: str
) -> None:
    form = {name: value for name, value in (NEW | changed).items() if value is not None}
    answer = trainer.post("/sellers/new", data=form)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Dapur Ani" in answer.text
    assert sellers_of(console.catalog, None) == ()


def key_on(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_form_that_is_sent_again_enrols_nobody_else(console: Console, trainer: TestClient) -> None:
    form = NEW | {"key": key_on(trainer.get("/sellers/new").text)}
    answers = [trainer.post("/sellers/new", data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer.headers["location"] for answer in answers} == {"/sellers/bu-ani/photos?enrolled=1"}
    assert len(sellers_of(console.catalog, None)) == 1


def test_two_of_one_name_come_by_two_forms(console: Console, trainer: TestClient) -> None:
    keys = [key_on(trainer.get("/sellers/new").text) for _ in range(2)]
    places = [trainer.post("/sellers/new", data=NEW | {"key": key}).headers["location"] for key in keys]
    assert places == ["/sellers/bu-ani/photos?enrolled=1", "/sellers/bu-ani-2/photos?enrolled=1"]


def test_a_form_of_before_that_tells_of_somebody_else_is_asked_about(
    console: Console, trainer: TestClient
) -> None:
    trainer.post("/sellers/new", data=NEW)
    other = NEW | {"name": "Bu Budi"}
    asked = trainer.post("/sellers/new", data=other)
    assert asked.status_code == 409
    assert "Lihat dulu daftar penjual." in asked.text
    assert "Bu Budi" in asked.text
    assert len(sellers_of(console.catalog, None)) == 1
    again = trainer.post("/sellers/new", data=other | {"key": key_on(asked.text)})
    assert again.headers["location"] == "/sellers/bu-budi/photos?enrolled=1"


@pytest.mark.parametrize("key", [None, "", "short", "x" * 65, "kunci 12345", "kunci-12345\n", "kuncì-12345"])
def test_a_form_without_a_key_is_not_ours(console: Console, trainer: TestClient, key: str | None) -> None:
    form = {name: value for name, value in (NEW | {"key": key}).items() if value is not None}
    assert trainer.post("/sellers/new", data=form).status_code == 422
    assert sellers_of(console.catalog, None) == ()


def test_nobody_is_led_to_what_she_may_not_do(console: Console, trainer: TestClient) -> None:
    folder = enrol(console)
    send_photo(trainer, f"/sellers/{folder}/uploads")
    reviewer = console.signed_in("tono", Role.REVIEWER)
    for place, leads in (("/sellers", "/sellers/new"), (f"/sellers/{folder}", f"/sellers/{folder}/photos")):
        assert f'href="{leads}' in trainer.get(place).text
        assert leads not in reviewer.get(place).text
        assert reviewer.get(leads).status_code == 403
    assert "keripik" in reviewer.get(f"/sellers/{folder}").text


def test_of_another_centres_seller_nothing_is_told(console: Console, trainer: TestClient) -> None:
    other = enrol(console, "Lain", "Bu Lain")
    places = ["", "/photos", "/photos?listing=keripik", "/run", "/run/events"]
    for folder in (other, "nobody"):
        assert {trainer.get(f"/sellers/{folder}{place}").status_code for place in places} == {404}
        for place in ("links", "links/withdraw", "note", "products"):
            form = {"listing": "keripik", "product": "keripik"}
            assert trainer.post(f"/sellers/{folder}/{place}", data=form).status_code == 404
        assert trainer.post(f"/sellers/{folder}/uploads", headers=TUS | {"upload-length": "9"}).status_code == 404
    assert "Bu Lain" not in trainer.get("/sellers").text
    assert "Bu Lain" in console.signed_in("dewi", Role.REVIEWER).get("/sellers").text


def test_nobody_comes_in_who_is_not_signed_in_and_reviewers_send_nothing(console: Console) -> None:
    folder = enrol(console)
    stranger, reviewer = console.client(), console.signed_in("dewi", Role.REVIEWER)
    for place in ("", "/new", f"/{folder}", f"/{folder}/photos", f"/{folder}/run"):
        assert stranger.get(f"/sellers{place}").status_code == 303
    assert stranger.post(f"/sellers/{folder}/uploads", headers=TUS).status_code in {303, 401}
    assert reviewer.post(f"/sellers/{folder}/uploads", headers=TUS).status_code == 403
    assert reviewer.post("/sellers/new", data=NEW).status_code == 403


def test_what_is_typed_is_shown_as_it_was_typed_and_is_never_a_page(console: Console, trainer: TestClient) -> None:
    trainer.post("/sellers/new", data={**NEW, "name": EVIL, "shop": EVIL, "village": EVIL})
    (seller,) = sellers_of(console.catalog, None)
    send_photo(trainer, f"/sellers/{seller.folder}/uploads", EVIL)
    pages = ["/sellers", f"/sellers/{seller.folder}", f"/sellers/{seller.folder}/photos?listing={EVIL}"]
    for page in [*pages, f"/sellers/{seller.folder}/run"]:
        text = trainer.get(page).text
        assert "<script>alert" not in text
        assert "49" not in text or "{{ 7 * 7 }}" in text


def test_her_words_go_beside_her_photos_and_the_listing_is_due_at_once(
    console: Console, trainer: TestClient
) -> None:
    folder = enrol(console)
    note = {"listing": "keripik", "words": "Keripik singkong\r\n250 gram", "price": "Rp 15.000"}
    assert trainer.post(f"/sellers/{folder}/note", data=note).status_code == 422
    send_photo(trainer, f"/sellers/{folder}/uploads")
    answer = trainer.post(f"/sellers/{folder}/note", data=note)
    assert answer.headers["location"] == f"/sellers/{folder}/run?called=no_server&sent=keripik"
    kept = console.store.get(f"raw/{folder}/keripik/listing.json")
    assert kept == b'{"words":"Keripik singkong\\n250 gram","price":15000}'
    assert discover(console.store, console.catalog).photos == 1
    page = trainer.get(answer.headers["location"]).text
    assert "giliran malam" in page
    assert "Menunggu diolah" in page


def test_a_heading_says_what_has_arrived_only_where_something_has(console: Console, trainer: TestClient) -> None:
    folder = enrol(console)
    told = encode_about({"listing": "keripik", "key": "k", "filename": "depan.jpg"})
    begun = {**TUS, "upload-length": str(len(PHOTO)), "upload-metadata": told}
    page, heading = f"/sellers/{folder}/photos?listing=keripik", "Foto yang sudah sampai"
    assert trainer.post(f"/sellers/{folder}/uploads", headers=begun).status_code == 201
    assert heading not in trainer.get(page).text
    send_photo(trainer, f"/sellers/{folder}/uploads")
    assert heading in trainer.get(page).text


def test_photos_that_came_another_way_can_be_worked_on(console: Console, trainer: TestClient) -> None:
    folder = enrol(console)
    seen = re.findall(r'name="seen" value="([^"]*)"', trainer.get(f"/sellers/{folder}/photos?listing=tampah").text)
    note = {"listing": "tampah", "seen": seen[0], "words": "Tampah bambu", "price": "45000"}
    answer = trainer.post(f"/sellers/{folder}/note", data=note)
    assert answer.status_code == 422 and "Belum ada foto yang sampai" in answer.text

    console.store.put(f"raw/{folder}/tampah/depan.jpg", PHOTO, media_type="image/jpeg")
    discover(console.store, console.catalog)
    assert (
        trainer.post(f"/sellers/{folder}/note", data=note).headers["location"].startswith(f"/sellers/{folder}/run")
    )


def test_a_run_over_what_was_worked_on_before_is_not_over_before_it_has_begun(
    workshop: Workshop, trainer: TestClient
) -> None:
    key = workshop.add().key
    send_photo(trainer, f"/sellers/{key.seller}/uploads", key.listing)
    assert "Selesai" in status_of(trainer.get(f"/sellers/{key.seller}/run").text)
    answer = trainer.post(f"/sellers/{key.seller}/note", data={"listing": key.listing})
    page = trainer.get(answer.headers["location"]).text
    assert "Halaman ini berubah sendiri." in status_of(page)
    assert "Menunggu diolah" in page


@pytest.mark.parametrize("price", ["lima belas ribu", "-5", "1" * 13, "٣"])
def test_a_price_is_digits(console: Console, trainer: TestClient, price: str) -> None:
    folder = enrol(console)
    answer = trainer.post(f"/sellers/{folder}/note", data={"listing": "keripik", "words": "Gurih", "price": price})
    assert answer.status_code == 422
    assert "Tulis harga dengan angka saja." in answer.text
    assert "Gurih" in answer.text


def test_a_code_leads_where_the_console_was_opened_and_nowhere_that_a_phone_cannot_reach(
    console: Console, trainer: TestClient
) -> None:
    folder = enrol(console)
    page = trainer.post(f"/sellers/{folder}/links", data={"listing": "keripik"}).text
    address = page.partition('class="address">')[2].partition("<")[0]
    assert address.startswith("http://testserver/u/")
    svg = page[page.index("<svg") : page.index("</svg>") + 6]
    assert "style=" not in svg
    assert console.client().get(address).status_code == 200
    for host, near in (("192.168.1.10:8000", True), ("etalase.example.org", False)):
        headers = {"host": host, "origin": f"http://{host}"}
        page = trainer.post(f"/sellers/{folder}/links", data={"listing": "keripik"}, headers=headers).text
        assert ("Wi-Fi yang sama" in page) is near
    for host in ("localhost:4201", "127.0.0.1", "[::1]:4201", "konsol.localhost"):
        headers = {"host": host, "origin": f"http://{host}"}
        alone = trainer.post(f"/sellers/{folder}/links", data={"listing": "keripik"}, headers=headers).text
        assert "hanya dikenal oleh komputer ini" in alone
        assert "<svg" not in alone


def test_a_link_that_was_withdrawn_takes_nothing_more_and_does_not_tell_whose_it_was(
    console: Console, trainer: TestClient
) -> None:
    folder = enrol(console)
    page = trainer.post(f"/sellers/{folder}/links", data={"listing": "keripik"}).text
    address = page.partition('class="address">')[2].partition("<")[0]
    phone = console.client()
    sent = send_photo(phone, f"{address}/uploads")
    trainer.post(f"/sellers/{folder}/links/withdraw", data={"listing": "keripik"})
    ended = phone.get(address)
    assert ended.status_code == 404
    assert "Bu Ani" not in ended.text
    refused = phone.post(f"{address}/uploads", headers=TUS | {"upload-length": "9"})
    assert (refused.status_code, refused.text) == (404, "Tautan ini sudah tidak berlaku. Minta kode QR baru.")
    assert phone.head(sent, headers=TUS).status_code == 404


def test_by_one_link_she_sends_photos_of_a_second_product_and_of_none_that_others_have_begun(
    console: Console, trainer: TestClient
) -> None:
    folder, phone = enrol(console), console.client()
    pages = [
        trainer.post(f"/sellers/{folder}/links", data={"listing": name}).text for name in ("keripik", "tikar")
    ]
    first, other = (page.partition('class="address">')[2].partition("<")[0] for page in pages)

    page = phone.get(f"{first}?product=Besek+Bambu").text
    name = "besek-bambu"
    assert f'data-listing="{name}"' in page
    sent = send_photo(phone, f"{first}/uploads", listing=name)
    assert phone.head(sent, headers=TUS).status_code == 200
    assert name in phone.get(first).text, "and she finds her way back to it"
    assert name in trainer.get(f"/sellers/{folder}").text

    taken = phone.get(f"{other}?product={name}")
    assert (taken.status_code, "Tulis nama lain." in taken.text) == (409, True)
    told = encode_about({"filename": "x.jpg", "listing": name, "key": "k3"})
    refused = phone.post(f"{other}/uploads", headers=TUS | {"upload-length": "9", "upload-metadata": told})
    assert refused.status_code == 403
    assert "sudah ada" in refused.text
    token, others = (address.rpartition("/")[2] for address in (first, other))
    assert phone.head(sent.replace(token, others), headers=TUS).status_code == 404


def test_a_phone_goes_on_with_the_product_that_it_began_when_the_trainer_has_helped(
    console: Console, trainer: TestClient
) -> None:
    folder, phone = enrol(console), console.client()
    page = trainer.post(f"/sellers/{folder}/links", data={"listing": "tas"}).text
    address = page.partition('class="address">')[2].partition("<")[0]
    send_photo(phone, f"{address}/uploads", "topi", key="first")
    send_photo(trainer, f"/sellers/{folder}/uploads", "topi", key="hers")

    send_photo(phone, f"{address}/uploads", "topi", key="second")

    assert phone.get(f"{address}?product=topi").status_code == 200


def test_each_change_is_told_once_and_who_heard_it_is_not_told_again() -> None:
    def state(says: str) -> dict[str, dict[str, str]]:
        return {"keripik": {"listing": "keripik", "says": says}, "tampah": {"listing": "tampah", "says": "same"}}

    async def hear(*looks: tuple[dict[str, dict[str, str]], bool], told: str = "") -> list[str]:
        left = iter(looks)
        return [event async for event in tell_changes(lambda: next(left), told, may_hear=lambda: True, pause=0)]

    due, done = (state("due"), False), (state("done"), True)
    first = asyncio.run(hear(due, due, done))
    assert [event.count("event: listing") for event in first] == [1, 1, 1, 0]
    assert first[-1] == "event: over\ndata: {}\n\n"
    assert first[0].startswith("event")
    mark = first[2].partition("\n")[0].removeprefix("id: ")
    assert asyncio.run(hear(done, told=mark)) == ["event: over\ndata: {}\n\n"]
    assert len(asyncio.run(hear(done, told="else"))) == 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_can_be_used_by_everybody(
    running_console: Console, open_page: OpenPage, dark: bool, width: int
) -> None:
    session = running_console.begin_session("sari", Role.TRAINER)
    folder = enrol(running_console)
    page = open_page(session, width=width, dark=dark, language="en" if dark else "id")
    for place in (
        "",
        "/new",
        f"/{folder}",
        f"/{folder}/photos",
        f"/{folder}/photos?listing=keripik",
        f"/{folder}/run",
    ):
        answer = page.goto(f"/sellers{place}")
        assert answer
        assert answer.status == 200
        assert_accessible(page)
