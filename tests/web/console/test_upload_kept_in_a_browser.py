"""What a page promises of photos on their way, with a browser that has no room or that was signed out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from models.person import Role
from tests.sellers import draw_photo
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop
from web.console.session import PLAIN

PATIENCE = 30_000
"""ms: whoever was signed out is asked for again after five seconds."""
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
PRIVATE = "IDBFactory.prototype.open = () => { throw new DOMException('private', 'SecurityError'); };"
LEAVE_OPEN, KEPT = "Biarkan halaman ini terbuka", "Foto yang belum sampai tetap disimpan"
FULL_HOUSE = "Terlalu banyak foto yang belum selesai. Tunggu sampai selesai."

OpenPhotos = Callable[..., Page]
"""``open_photos(script="")``: a page that photos of a product are sent from, in which a script has run first."""


@pytest.fixture
def open_photos(workshop: Workshop, running_console: Console, open_page: OpenPage) -> OpenPhotos:
    def open_them(script: str = "") -> Page:
        page = open_page(running_console.begin_session("sari", Role.TRAINER))
        page.add_init_script(script)
        page.goto("/sellers/ibu-ani/photos?listing=tampah")
        return page

    return open_them


def choose(page: Page) -> None:
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": draw_photo(1)}
    page.locator("#picker").set_input_files(files=[photo])


def cut(route: Route) -> None:
    route.abort()


def test_what_the_browser_keeps_is_said_to_be_kept(open_photos: OpenPhotos) -> None:
    page = open_photos()
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_text(LEAVE_OPEN)).to_be_hidden()


def test_what_it_cannot_keep_is_not(open_photos: OpenPhotos) -> None:
    page = open_photos(PRIVATE)
    expect(page.get_by_text(LEAVE_OPEN)).to_be_visible()
    expect(page.get_by_text(KEPT)).to_be_hidden()


def test_nor_what_it_has_no_room_for(open_photos: OpenPhotos) -> None:
    page = open_photos(FULL)
    page.route("**/uploads", cut)
    choose(page)
    expect(page.get_by_text(LEAVE_OPEN)).to_be_visible()
    expect(page.get_by_text(KEPT)).to_be_hidden()


def test_a_photo_goes_on_once_its_sender_has_signed_in_again(
    running_console: Console, open_photos: OpenPhotos
) -> None:
    page = open_photos()
    session = running_console.begin_session("sari", Role.TRAINER)
    page.context.clear_cookies()
    choose(page)
    state = page.locator(".photos .state")
    expect(state).to_have_text("Masuk lagi supaya foto ini lanjut.")

    page.context.add_cookies([{"name": PLAIN, "value": session, "url": running_console.address}])
    expect(state).to_have_text("Sudah sampai", timeout=PATIENCE)


def test_a_photo_waits_while_too_many_are_not_finished(
    open_photos: OpenPhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_photos()
    monkeypatch.setattr("storage.catalog.uploads.MOST_OPEN", 0)
    choose(page)
    state = page.locator(".photos .state")
    expect(state).to_have_text(FULL_HOUSE)

    monkeypatch.undo()
    expect(state).to_have_text("Sudah sampai", timeout=PATIENCE)
