"""What a trainer approves in the console is found in a real shop: by two browsers, with servers all around."""

import io
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from models.listing import ListingKey
from models.person import Person, Role
from publishing.pictures import picture_of
from storage.catalog.links import make_link, use_link
from storage.catalog.people import add_person
from tests.sellers import dark, draw_photo
from tests.servers.oscar_shop import Shop
from tests.village import Village
from tests.web.console.consoles import CENTRE
from tests.web.console.pictures import widths_of
from web.console.password import hash_password

PATIENCE = 240_000
"""ms: generous, for a machine that is busy."""
TRAINER, PASSWORD = "sari", "tiga ekor kambing"
KEY = ListingKey(seller="bu-wati", listing="tampah-bambu")
TITLE = "Tampah Bambu Wati"
"""Of four words at most: the shop cuts what is longer."""
LIKENESS = 3.0
"""Levels by which a pixel may differ on average between a picture and the shop's smaller copy of it."""

OpenAt = Callable[[str], Page]


@pytest.fixture
def open_at(chromium: Browser) -> Iterator[OpenAt]:
    """Give a function that opens an empty page in a browser of its own; addresses begin at a given one."""
    contexts = []

    def open_one(address: str) -> Page:
        context = chromium.new_context(base_url=address, locale="id-ID", reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def sign_in(page: Page, village: Village) -> None:
    add_person(village.catalog, Person(name=TRAINER, role=Role.TRAINER, centre=CENTRE), by="tests")
    use_link(village.catalog, make_link(village.catalog, TRAINER, by="tests"), hash_password(PASSWORD))
    page.goto("/")
    page.get_by_label("Nama masuk").fill(TRAINER)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/sellers")


def send_photo(page: Page) -> None:
    """Enrol a seller, and send a photo of what she makes with her words, which name no price."""
    page.get_by_role("link", name="Penjual baru").click()
    page.get_by_label("Nama penjual").fill("Bu Wati")
    page.get_by_label("Penjual sudah mendengar ini dan setuju").check()
    page.get_by_role("button", name="Simpan dan lanjut ke foto").click()
    page.get_by_label("Nama produk").fill("Tampah Bambu")
    page.get_by_role("button", name="Lanjut ke foto").click()

    photo = {"name": "depan.jpg", "mimeType": "image/jpeg", "buffer": dark(draw_photo(77))}
    page.locator("input[type=file]").set_input_files([photo])
    expect(page.locator(".photo[data-state=sent]")).to_have_count(1, timeout=PATIENCE)
    page.get_by_label("Kata-katanya sendiri").fill("Tampah anyaman bambu, buatan tangan")
    page.get_by_role("button", name="Olah foto sekarang").click()


def watch_run(page: Page) -> None:
    """See the photo become ready, on a page that changes by itself, and go on to the listing's."""
    page.wait_for_url("**/run?called=called&sent=tampah-bambu")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    expect(page.get_by_role("status")).to_have_text("Selesai. Semua produk sudah diolah.", timeout=PATIENCE)
    expect(page.locator(".face[data-state=ready]")).to_have_count(1)
    assert all(widths_of(page.locator(".face img")))
    assert loads == [], "nothing was loaded again"
    page.get_by_role("link", name=KEY.listing, exact=True).click()


def approve(page: Page) -> None:
    """Write another title, say the price that is asked for, look at what comes of it, and approve that."""
    button = page.get_by_role("button", name="Setujui dan terbitkan")
    expect(page.get_by_text("Belum bisa disetujui")).to_be_visible(timeout=PATIENCE)
    expect(button).to_have_count(0)
    page.get_by_label("Judul", exact=True).fill(TITLE)
    expect(page.locator("[data-field=title] .told")).to_have_text("Tersimpan", timeout=PATIENCE)
    answer = page.get_by_label("Jawaban lain: Berapa harga")
    answer.fill("65 ribu")
    page.locator("form").filter(has=answer).get_by_role("button", name="Simpan jawaban").click()

    expect(button).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_label("Judul", exact=True)).to_have_value(TITLE)
    expect(page.get_by_label("Harga (rupiah)")).to_have_value("65000")
    button.click()
    expect(button).to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_role("alert")).to_have_count(0)


def difference(shown: bytes, ours: bytes) -> float:
    """Return by how many levels a pixel of a smaller copy differs on average from ours at its size."""
    small = Image.open(io.BytesIO(shown)).convert("RGB")
    full = Image.open(io.BytesIO(ours)).convert("RGB").resize(small.size, Image.Resampling.LANCZOS)
    return float(np.abs(np.asarray(small, np.float32) - np.asarray(full, np.float32)).mean())


def find_product(buyer: Page) -> Locator:
    """Turn the catalogue's pages up to the one that shows the product: other tests have filled some."""
    product = buyer.locator(".product_pod").filter(has=buyer.get_by_role("link", name=TITLE))
    for number in range(1, 10):
        buyer.goto(f"/catalogue/?page={number}")
        if product.count():
            break
    return product


def expect_product(within: Locator, ours: bytes) -> None:
    """See that part of a shop's page shows the title, the price and the picture."""
    expect(within.get_by_text(TITLE).first).to_be_visible()
    expect(within.locator(".price_color").first).to_contain_text("65,000")
    picture = within.get_by_alt_text(TITLE)
    expect(picture).to_be_visible()
    assert all(widths_of(picture))
    address = picture.evaluate("image => image.src")
    assert difference(picture.page.request.get(address).body(), ours) < LIKENESS


@pytest.mark.heavy
def test_what_a_trainer_approves_is_found_in_the_shop(village: Village, oscar_shop: Shop, open_at: OpenAt) -> None:
    trainer, buyer = open_at(village.web), open_at(oscar_shop.address)
    trainer.on("pageerror", lambda error: pytest.fail(f"{trainer.url}: {error}"))
    buyer.goto("/catalogue/")
    expect(buyer.get_by_role("heading", name="All products")).to_be_visible()
    expect(buyer.get_by_role("link", name=TITLE)).to_have_count(0)

    sign_in(trainer, village)
    send_photo(trainer)
    watch_run(trainer)
    approve(trainer)
    expect(trainer.locator(".head .badge")).to_have_text("Sudah tayang", timeout=PATIENCE)

    published = village.listing(KEY, "published")
    assert published is not None and published.result is not None
    ours = village.store.get(picture_of(published.result.finished[0]).key)
    product = find_product(buyer)
    expect_product(product, ours)
    product.get_by_role("heading").get_by_role("link").click()
    expect_product(buyer.locator(".product_page"), ours)
