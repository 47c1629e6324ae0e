"""A photo is cancelled while it is on its way, with a browser: it does not arrive, and the next one does."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from models.person import Role
from models.seller import Enrolment
from storage.catalog.sellers import enrol_seller
from tests.photo_files import textured, written
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import CENTRE, Console
from web.console.tus import PIECE

PATIENCE = 60_000
"""ms: generous, for a machine that is busy."""
SMALL, NEXT = (written(textured(seed=seed), "JPEG") for seed in (1, 2))
LARGE = written(textured(1280, 1280), "JPEG", quality=95)
"""In two pieces."""

UPLOADS = "**/uploads**"
PREPARED_ON_DEMAND = """
const decode = createImageBitmap;
const asked = new Promise((done) => { window.prepare = done; });
window.createImageBitmap = async (...about) => { await asked; return decode(...about); };
"""
CANCELLED_AS_THE_ANSWER_COMES = """
const open = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.open = function (method, ...about) {
  if (method === "PATCH") this.addEventListener("load", () => document.querySelector(".photo button").click());
  open.call(this, method, ...about);
};
"""


OpenPhotos = Callable[..., Page]
"""``open_photos(script="")``: a page that photos of a product are sent from, in which a script has run first."""


class Held:
    """The first request of a kind that a page sends, held until it is let go."""

    def __init__(self, page: Page, method: str) -> None:
        self._method = method
        self._routes: list[Route] = []
        page.route(UPLOADS, self._pass_on)

    def _pass_on(self, route: Route) -> None:
        if route.request.method == self._method and not self._routes:
            self._routes.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        self._routes[0].continue_()


@pytest.fixture
def open_photos(running_console: Console, open_page: OpenPage) -> OpenPhotos:
    enrol_seller(running_console.catalog, Enrolment(name="Bu Ani", centre=CENTRE), by="tests")

    def open_them(script: str = "") -> Page:
        page = open_page(running_console.begin_session("sari", Role.TRAINER))
        if script:
            page.add_init_script(script)
        page.goto("/sellers/bu-ani/photos?listing=tampah")
        return page

    return open_them


def choose(page: Page, photo: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo})


def cancel(page: Page) -> None:
    page.get_by_role("button", name="Batal").click()
    expect(page.locator(".photo")).to_have_count(0)


def arrived(console: Console) -> list[bytes]:
    return [console.store.get(found.key) for found in console.store.list("raw/")]


def assert_only_the_next_arrives(console: Console, page: Page) -> None:
    choose(page, NEXT)
    expect(page.locator(".photo[data-state=sent]")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".photo")).to_have_count(1)
    assert arrived(console) == [NEXT]
    page.reload()
    expect(page.locator(".photo")).to_have_count(0)


def test_while_it_is_prepared(running_console: Console, open_photos: OpenPhotos) -> None:
    page = open_photos(PREPARED_ON_DEMAND)
    choose(page, SMALL)
    expect(page.locator(".photo .state")).to_have_text("Sedang disiapkan")
    cancel(page)
    page.evaluate("prepare()")
    assert_only_the_next_arrives(running_console, page)


def test_before_its_address_is_known(running_console: Console, open_photos: OpenPhotos) -> None:
    page = open_photos()
    held = Held(page, "POST")
    with page.expect_request(lambda request: request.method == "POST"):
        choose(page, SMALL)
    cancel(page)
    held.let_go()
    assert_only_the_next_arrives(running_console, page)
    assert list(running_console.store.list("uploads/")) == []


def test_while_its_only_piece_is_under_way(running_console: Console, open_photos: OpenPhotos) -> None:
    page = open_photos()
    held = Held(page, "PATCH")
    with page.expect_request(lambda request: request.method == "PATCH"):
        choose(page, SMALL)
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        cancel(page)
    held.let_go()
    assert_only_the_next_arrives(running_console, page)
    assert list(running_console.store.list("uploads/")) == []


def test_though_the_server_does_not_hear_of_it(running_console: Console, open_photos: OpenPhotos) -> None:
    assert len(LARGE) > PIECE
    page = open_photos()
    held = Held(page, "PATCH")
    page.route(UPLOADS, lambda route: route.abort() if route.request.method == "DELETE" else route.fallback())
    with page.expect_request(lambda request: request.method == "PATCH"):
        choose(page, LARGE)
    cancel(page)
    held.let_go()
    assert_only_the_next_arrives(running_console, page)


def test_one_that_has_arrived_when_it_is_cancelled_is_shown(
    running_console: Console, open_photos: OpenPhotos
) -> None:
    page = open_photos(CANCELLED_AS_THE_ANSWER_COMES)
    choose(page, SMALL)
    expect(page.locator(".photo .state")).to_have_text("Sudah sampai", timeout=PATIENCE)
    assert arrived(running_console) == [SMALL]
