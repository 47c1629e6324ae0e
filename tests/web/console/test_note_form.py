"""The form of her words and price: it shows what her note says now, and neither sending nor leaving loses any."""

import asyncio
import json
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from models.person import Role
from models.seller import Enrolment
from models.store import StoreError
from storage.catalog.reading import list_listings
from storage.catalog.sellers import enrol_seller
from storage.object_store.folder import FolderStore
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import CENTRE, Console
from tests.web.console.sending import PHOTO, TUS, encode_about

HOME = "/sellers/bu-ani"
PAGE = f"{HOME}/photos?listing=keripik"
NOTE, TEXT = "raw/bu-ani/keripik/listing.json", "raw/bu-ani/keripik/note.txt"
WORDS = "Keripik singkong <pedas>\nresep ibu, 250 gram"
START = "Olah foto sekarang"
DRAFTS = "Object.keys(localStorage).filter((name) => name.startsWith('draft'))"


@pytest.fixture
def trainer(console: Console) -> TestClient:
    """A trainer's browser, with a seller of hers who has sent a photo of crisps."""
    enrol_seller(console.catalog, Enrolment(name="Bu Ani", centre=CENTRE), by="sari")
    trainer = console.signed_in("sari", Role.TRAINER)
    send_photo(trainer)
    return trainer


def send_photo(trainer: TestClient) -> None:
    told = encode_about({"listing": "keripik", "key": "k1", "filename": "depan.jpg"})
    heads = {**TUS, "upload-length": str(len(PHOTO)), "upload-metadata": told}
    place = trainer.post(f"{HOME}/uploads", headers=heads).headers["location"]
    heads = {**TUS, "upload-offset": "0", "content-type": "application/offset+octet-stream"}
    assert trainer.patch(place, headers=heads, content=PHOTO).status_code == 204


def put(console: Console, key: str, data: bytes) -> None:
    console.store.put(key, data, media_type="application/octet-stream")


def put_note(console: Console, words: str = WORDS, price: int | None = 15000) -> bytes:
    data = json.dumps({"words": words, "price": price}).encode()
    put(console, NOTE, data)
    return data


def fields_on(page: str) -> dict[str, str]:
    """Return what a browser would send of the form as it is shown."""
    form = page[page.index(f'action="{HOME}/note"') :].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    price, words = (
        re.search(sign, form, re.DOTALL) for sign in (r'name="price".*?value="(.*?)"', r">([^>]*)</tex")
    )
    assert price and words
    return {**hidden, "price": unescape(price[1]), "words": unescape(words[1]).replace("\n", "\r\n")}


def send(trainer: TestClient, fields: dict[str, str]) -> int:
    return trainer.post(f"{HOME}/note", data=fields).status_code


def files(console: Console) -> set[str]:
    return {found.key.rpartition("/")[2] for found in console.store.list("raw/bu-ani/keripik/")}


def test_words_and_price_are_shown_and_stay_when_a_photo_is_added(console: Console, trainer: TestClient) -> None:
    note = put_note(console)
    fields = fields_on(trainer.get(PAGE).text)
    assert (fields["words"].replace("\r\n", "\n"), fields["price"]) == (WORDS, "15000")
    assert send(trainer, fields) == 303
    assert console.store.get(NOTE) == note
    (row,) = list_listings(console.catalog)
    assert (row.photo_count, row.state) == (1, "due")


def test_words_from_a_phones_note_are_shown_and_no_second_note_is_made_of_them(
    console: Console, trainer: TestClient
) -> None:
    put(console, TEXT, "\ufeffKeripik 15rb\r\n\N{MATHEMATICAL SANS-SERIF BOLD SMALL E}nak\r\n".encode())
    fields = fields_on(trainer.get(PAGE).text)
    assert (fields["words"], fields["price"]) == ("Keripik 15rb\r\nenak", "")
    assert send(trainer, fields) == 303
    assert files(console) == {"01-depan.jpg", "note.txt"}
    assert send(trainer, {**fields, "price": "15.000"}) == 303
    assert json.loads(console.store.get(NOTE)) == {"words": "Keripik 15rb\nenak", "price": 15000}


def test_where_nobody_has_said_anything_nothing_is_written(console: Console, trainer: TestClient) -> None:
    fields = fields_on(trainer.get(PAGE).text)
    assert (fields["words"], fields["price"]) == ("", "")
    assert send(trainer, fields) == 303
    assert files(console) == {"01-depan.jpg"}
    assert [row.state for row in list_listings(console.catalog)] == ["due"]


def test_what_she_changes_is_written_and_once_more_is_the_same(console: Console, trainer: TestClient) -> None:
    put_note(console)
    fields = {**fields_on(trainer.get(PAGE).text), "words": "Keripik ½ kg", "price": "Rp 20.000"}
    assert [send(trainer, fields), send(trainer, fields)] == [303, 303]
    assert json.loads(console.store.get(NOTE)) == {"words": "Keripik 1\N{FRACTION SLASH}2 kg", "price": 20000}


@pytest.mark.parametrize("price", ["16000", "lima"], ids=["", "and a price that is none"])
def test_newer_words_are_shown_before_they_are_written_over(
    console: Console, trainer: TestClient, price: str
) -> None:
    fields = {**fields_on(trainer.get(PAGE).text), "words": "Kata saya", "price": price}
    newer = put_note(console)
    told = trainer.post(f"{HOME}/note", data=fields)
    assert told.status_code == 422
    assert "sudah diubah di tempat lain" in told.text
    assert "Keripik singkong &lt;pedas&gt;" in told.text
    assert console.store.get(NOTE) == newer
    again = fields_on(told.text)
    assert (again["words"], again["price"]) == ("Kata saya", price)
    assert send(trainer, {**again, "price": "16000"}) == 303
    assert json.loads(console.store.get(NOTE)) == {"words": "Kata saya", "price": 16000}


def test_who_has_changed_nothing_does_not_write_old_words_over_newer_ones(
    console: Console, trainer: TestClient
) -> None:
    put_note(console, "Kata lama")
    fields = fields_on(trainer.get(PAGE).text)
    newer = put_note(console)
    other = {**fields, "listing": "besek"}  # of which no photo has come
    put(console, NOTE.replace("keripik", "besek"), newer)
    told = trainer.post(f"{HOME}/note", data=other)
    assert told.status_code == 422
    assert fields_on(told.text)["price"] == "15000"
    assert "Kata lama" not in told.text
    assert send(trainer, fields) == 303
    assert console.store.get(NOTE) == newer


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x" * 17_000, "terlalu panjang"),
        (b"{", "Format listing.json salah."),
        (b'{"harga": 1}', "Isian listing.json tidak sesuai."),
        (b"\xff\xfe\0\0", "bukan tulisan"),
    ],
)
def test_a_note_that_cannot_be_read_is_told_and_stays_until_words_are_typed(
    console: Console, trainer: TestClient, data: bytes, says: str
) -> None:
    put(console, NOTE, data)
    page = trainer.get(PAGE).text
    assert says in page
    fields = fields_on(page)
    assert fields["words"] == ""
    assert send(trainer, fields) == 303
    assert console.store.get(NOTE) == data
    assert send(trainer, {**fields, "words": "Keripik"}) == 303
    assert json.loads(console.store.get(NOTE)) == {"words": "Keripik", "price": None}


def test_a_long_note_can_be_left_as_it_is(console: Console, trainer: TestClient) -> None:
    long = "Keripik " + "é" * 8_000
    put(console, TEXT, long.encode())
    fields = fields_on(trainer.get(PAGE).text)
    assert fields["words"] == long
    assert send(trainer, fields) == 303
    told = trainer.post(f"{HOME}/note", data={**fields, "words": long + "é" * 400})
    assert told.status_code == 422
    assert "Tulis lebih pendek." in told.text
    assert files(console) == {"01-depan.jpg", "note.txt"}


def test_photos_are_sent_while_the_store_is_away(
    console: Console, trainer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> bytes:
        raise StoreError("away")

    monkeypatch.setattr(FolderStore, "get", fail)
    page = trainer.get(PAGE)
    assert page.status_code == 200
    assert f'data-endpoint="{HOME}/uploads"' in page.text
    assert "belum bisa dibuka" in page.text
    assert f"{HOME}/note" not in page.text


def test_nobody_waits_while_the_store_is_read(
    console: Console, trainer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = FolderStore.get
    waits: list[bool] = []

    def get(store: FolderStore, key: str, *, limit: int | None = None) -> bytes:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            waits.append(False)
        else:
            waits.append(True)
        return read(store, key, limit=limit)

    monkeypatch.setattr(FolderStore, "get", get)
    trainer.get(PAGE)
    assert send(trainer, {"listing": "keripik", "words": "Keripik", "price": "x"}) == 422
    assert waits
    assert not any(waits)


@pytest.fixture
def page(running_console: Console, open_page: OpenPage, trainer: TestClient) -> Page:
    """The form, in a browser with scripts."""
    page = open_page(running_console.begin_session("sari", Role.TRAINER), width=360)
    page.goto(PAGE)
    return page


def expect_form(page: Page, words: str, price: str) -> None:
    expect(page.locator("#words")).to_have_value(words)
    expect(page.locator("#price")).to_have_value(price)


def test_what_was_typed_is_offered_until_it_was_sent_and_then_the_browser_forgets_it(
    console: Console, page: Page
) -> None:
    put_note(console)
    page.reload()
    expect_form(page, WORDS, "15000")
    page.fill("#words", "Keripik ubi")
    page.fill("#price", "")
    page.route("**/note", lambda route: route.abort())
    page.get_by_role("button", name=START).click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/note")
    page.goto(PAGE)
    expect_form(page, "Keripik ubi", "")
    page.get_by_role("button", name=START).click()
    page.wait_for_url("**/run?**")
    page.wait_for_function(f"!{DRAFTS}.length")
    assert json.loads(console.store.get(NOTE)) == {"words": "Keripik ubi", "price": None}
    newer = page.context.new_page()
    newer.goto(PAGE)
    newer.fill("#words", "Keripik ungu")
    page.reload()
    page.wait_for_function("document.readyState === 'complete'")
    newer.reload()
    expect_form(newer, "Keripik ungu", "")


def test_a_draft_never_stands_in_the_place_of_a_newer_note(console: Console, page: Page) -> None:
    page.fill("#words", "Kata lama")
    assert page.evaluate(DRAFTS)
    put_note(console)
    page.goto(PAGE)
    expect_form(page, WORDS, "15000")
    assert not page.evaluate(DRAFTS)
    page.get_by_role("button", name=START).click()
    page.wait_for_url("**/run?**")
    assert not page.evaluate(DRAFTS), "nothing was typed"
    assert json.loads(console.store.get(NOTE)) == {"words": WORDS, "price": 15000}


def test_what_was_refused_is_still_typed(console: Console, page: Page) -> None:
    page.fill("#words", "Kata saya")
    put_note(console)
    page.get_by_role("button", name=START).click()
    expect(page.locator(".notice.bad blockquote")).to_have_text(WORDS)
    assert_accessible(page)
    page.goto(PAGE)
    expect_form(page, "Kata saya", "")
    page.get_by_role("button", name=START).click()
    page.wait_for_url("**/run?**")
    assert json.loads(console.store.get(NOTE)) == {"words": "Kata saya", "price": None}
