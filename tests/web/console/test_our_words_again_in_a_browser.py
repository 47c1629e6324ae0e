"""A trainer takes her words back for ours, with a browser, on a line that is busy or cut: ours come back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from models.edit import EditedField
from models.listing import ListingKey
from models.person import Role
from storage.catalog.edits import edit_listing, overrides_of
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop

LISTING = "/sellers/ibu-ani/listings/tampah"
WORDS = "**/words"
OURS_AGAIN = "Pakai kata-kata Etalase lagi"
PATIENCE = 20_000
"""ms: what could not be sent is tried again after five seconds."""


class Title:
    """A listing's title as its page has it, which she has written herself."""

    def __init__(self, workshop: Workshop, page: Page) -> None:
        self.page = page
        self._catalog = workshop.console.catalog
        self.key: ListingKey = workshop.add().key
        page.goto(LISTING)
        self.ours = self.input.input_value()
        self.input.fill("Tampah Bambu")
        expect(self.told).to_have_text("Tersimpan")

    @property
    def input(self) -> Locator:
        return self.page.get_by_label("Judul", exact=True)

    @property
    def told(self) -> Locator:
        return self.page.locator("[data-field=title] .told")

    def take_back(self) -> None:
        self.page.locator("[data-field=title]").get_by_role("button", name=OURS_AGAIN).click()

    def assert_ours(self) -> None:
        expect(self.input).to_have_value(self.ours, timeout=PATIENCE)
        expect(self.told).to_have_text("")
        assert overrides_of(self._catalog, self.key).edits == ()


@pytest.fixture
def title(workshop: Workshop, running_console: Console, open_page: OpenPage) -> Title:
    return Title(workshop, open_page(running_console.begin_session("sari", Role.TRAINER)))


def cut(route: Route) -> None:
    route.abort()


def sign_out(route: Route) -> None:
    route.fulfill(status=401)


def test_while_what_she_typed_is_being_saved(title: Title) -> None:
    held: list[Route] = []
    title.page.route(WORDS, lambda route: route.continue_() if held else held.append(route))
    with title.page.expect_request(WORDS):
        title.input.fill("Tampah Bambu Bulat")
    title.take_back()
    held[0].continue_()
    title.assert_ours()


@pytest.mark.parametrize("fault", [cut, sign_out])
@pytest.mark.parametrize("reloads", [False, True])
def test_when_the_wish_could_not_be_sent(title: Title, fault: Callable[[Route], None], reloads: bool) -> None:
    title.page.route(WORDS, fault)
    title.take_back()
    expect(title.told).to_have_attribute("data-kind", "bad")
    title.page.unroute(WORDS)
    if reloads:
        title.page.reload()
    title.assert_ours()


def test_what_she_types_after_that_counts(title: Title) -> None:
    title.page.route(WORDS, cut)
    title.take_back()
    expect(title.told).to_have_attribute("data-kind", "bad")
    title.page.unroute(WORDS)
    title.input.fill("Tampah Bambu Bulat")
    expect(title.told).to_have_text("Tersimpan")
    title.page.reload()
    expect(title.input).to_have_value("Tampah Bambu Bulat")


def test_after_somebody_else_has_written(workshop: Workshop, title: Title) -> None:
    edit_listing(workshop.console.catalog, title.key, {EditedField.TITLE: "Tampah Tono"}, by="tono")
    title.take_back()
    expect(title.told).to_contain_text("Tampah Tono")
    title.told.get_by_role("button", name=OURS_AGAIN).click()
    title.assert_ours()
