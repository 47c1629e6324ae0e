"""Photos come from a seller's own phone, over plain HTTP and a bad line that is cut, and each arrives once."""

import re
import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fastapi import FastAPI
from PIL import Image
from PIL.ExifTags import Base
from playwright.sync_api import Browser, BrowserContext, Page, expect

from models.person import Role
from models.seller import Enrolment
from storage.catalog.sellers import enrol_seller
from storage.gps.removal import without_gps
from tests.photo_files import textured, valid_file, written
from tests.web.console.accessibility import assert_accessible
from tests.web.console.consoles import CENTRE, Console, running

SAMPLES = Path(__file__).parents[3] / "samples/raw/bu-euis/keripik-singkong"
PATIENCE = 60_000
"""ms: generous, for a machine that is busy."""


@pytest.fixture
def room(app: FastAPI) -> Iterator[Console]:
    """A console at this machine's own address, as phones in the room reach it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; the kernel tells from where it would
        host = probe.getsockname()[0]
    assert not host.startswith("127.")
    with running(app, host) as console:
        yield console


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, reduced_motion="reduce")
    yield context
    context.close()


def link_for(room: Console, product: str) -> str:
    """Enrol a seller and make her a link, as a trainer does; return the address on the QR code's page."""
    seller = enrol_seller(room.catalog, Enrolment(name="Bu Ani", centre=CENTRE), by="sari")
    client = room.signed_in("sari", Role.TRAINER)
    client.headers |= {"origin": room.address, "host": room.address.removeprefix("http://")}
    page = client.post(f"/sellers/{seller.folder}/links", data={"listing": product})
    assert "<svg" in page.text
    address = re.search(r'class="address">([^<]+)<', page.text)
    assert address
    assert address[1].startswith(f"{room.address}/u/")
    return address[1]


class SlowLine:
    """A line of 256 kbit/s and 400 ms, which can be cut."""

    def __init__(self, page: Page) -> None:
        self._tools = page.context.new_cdp_session(page)
        self.cut(False)

    def cut(self, offline: bool) -> None:
        rate = 256_000 / 8
        conditions = {"offline": offline, "latency": 400, "downloadThroughput": rate, "uploadThroughput": rate}
        self._tools.send("Network.emulateNetworkConditions", conditions)


def test_photos_arrive_once_over_a_slow_line_that_is_cut_twice(room: Console, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(link_for(room, "keripik"))
    assert not page.evaluate("window.isSecureContext")
    line = SlowLine(page)
    large = written(textured(800, 700), "JPEG", quality=95)
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": large},
            {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": (SAMPLES / "atas.jpg").read_bytes()},
            {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": valid_file("HEIF")},
        ]
    )
    states = page.locator(".photo .state")
    expect(states.nth(0)).to_have_text("Sedang dikirim", timeout=PATIENCE)
    for _ in range(2):
        line.cut(True)
        expect(page.locator(".photo[data-state=again]")).to_have_count(1, timeout=PATIENCE)
        line.cut(False)
        expect(page.locator(".photo[data-state=sending]")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".photo[data-state=sent]")).to_have_count(3, timeout=PATIENCE)
    arrived = {found.key: room.store.get(found.key) for found in room.store.list("raw/")}
    assert arrived == {
        "raw/bu-ani/keripik/01-image.jpg": large,
        "raw/bu-ani/keripik/02-image.jpg": without_gps((SAMPLES / "atas.jpg").read_bytes()),
        "raw/bu-ani/keripik/03-img-1.heic": valid_file("HEIF"),
    }
    assert list(room.store.list("uploads/")) == []
    assert_accessible(page)


def test_what_was_not_sent_goes_on_when_the_page_is_opened_again(room: Console, context: BrowserContext) -> None:
    address = link_for(room, "keripik")
    page = context.new_page()
    page.goto(address)
    context.route("**/uploads**", lambda route: route.abort())
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": written(textured(), "JPEG")}
    page.locator("input[type=file]").set_input_files([photo])
    expect(page.locator(".photo[data-state=again]")).to_have_count(1, timeout=PATIENCE)
    page.close()
    context.unroute("**/uploads**")
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".photo[data-state=sent]")).to_have_count(1, timeout=PATIENCE)
    assert [room.store.get(found.key) for found in room.store.list("raw/")] == [photo["buffer"]]


def test_a_large_photo_is_made_smaller_upright_and_the_original_is_sent_on_demand(
    room: Console, context: BrowserContext
) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    with Image.open(SAMPLES / "atas.jpg") as sample:
        photo = written(sample.resize((3000, 1000)), "JPEG", quality=98, exif=exif)
    page = context.new_page()
    page.goto(link_for(room, "keripik"))
    chosen = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo}
    page.locator("input[type=file]").set_input_files([chosen])
    expect(page.locator(".photo[data-state=sent]")).to_have_count(1, timeout=PATIENCE)
    page.get_by_label("Kirim foto asli").check()
    page.locator("input[type=file]").set_input_files([chosen])
    expect(page.locator(".photo[data-state=sent]")).to_have_count(2, timeout=PATIENCE)
    smaller, original = (room.store.get(found.key) for found in room.store.list("raw/"))
    assert original == photo
    assert Image.open(BytesIO(smaller)).size == (683, 2048)


def test_photos_of_another_product_go_to_that_product(room: Console, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(link_for(room, "keripik"))
    page.get_by_label("Produk lain").fill("Besek Bambu")
    page.get_by_role("button", name="Lanjut").click()
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": written(textured(), "JPEG")}
    page.locator("input[type=file]").set_input_files([photo])
    expect(page.locator(".photo[data-state=sent]")).to_have_count(1, timeout=PATIENCE)
    assert [found.key for found in room.store.list("raw/")] == ["raw/bu-ani/besek-bambu/01-a.jpg"]
    assert_accessible(page)
    page.get_by_role("link", name="keripik").click()
    expect(page.locator(".photo")).to_have_count(0)


def test_a_product_that_others_have_sent_is_shut_and_says_so(room: Console, context: BrowserContext) -> None:
    first = link_for(room, "besek-bambu")
    page = context.new_page()
    page.goto(first)
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": written(textured(), "JPEG")}
    page.locator("input[type=file]").set_input_files([photo])
    expect(page.locator(".photo[data-state=sent]")).to_have_count(1, timeout=PATIENCE)
    client = room.signed_in("rini", Role.TRAINER)
    client.headers |= {"origin": room.address, "host": room.address.removeprefix("http://")}
    other = re.search(
        r'class="address">([^<]+)<', client.post("/sellers/bu-ani/links", data={"listing": "keripik"}).text
    )
    assert other
    page.goto(f"{other[1]}?product=besek-bambu")
    expect(page.get_by_role("alert").first).to_contain_text("besek-bambu")
    assert_accessible(page)
