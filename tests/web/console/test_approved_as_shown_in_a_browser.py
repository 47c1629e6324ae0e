"""A trainer approves, with a browser, before her words are saved: nothing but what the page shows is approved."""

import pytest
from playwright.sync_api import Page, Route, expect

from models.listing import ListingKey
from models.person import Role
from storage.catalog.reading import find_listing
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop

LISTING = "/sellers/ibu-ani/listings/tampah"
UNSAVED = "tulisan Anda belum tersimpan"


@pytest.fixture
def key(workshop: Workshop) -> ListingKey:
    return workshop.add().key


@pytest.fixture
def page(key: ListingKey, running_console: Console, open_page: OpenPage) -> Page:
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.goto(LISTING)
    return page


def write_price(page: Page, price: str) -> None:
    page.get_by_label("Harga (rupiah)", exact=True).fill(price)


def approve(page: Page) -> None:
    page.get_by_role("button", name="Setujui dan terbitkan").click()


def assert_undecided(workshop: Workshop, key: ListingKey) -> None:
    row = find_listing(workshop.console.catalog, key)
    assert row is not None and row.review is None


def test_before_what_she_typed_is_sent(workshop: Workshop, key: ListingKey, page: Page) -> None:
    write_price(page, "60.000")
    approve(page)
    expect(page.get_by_role("alert")).to_contain_text(UNSAVED)
    expect(page.locator("[data-field=price] .told")).to_have_text("Tersimpan")
    assert_undecided(workshop, key)
    result = workshop.process()
    assert result.suggestion.price is not None and result.suggestion.price.value == 60_000


def test_what_cannot_be_kept(workshop: Workshop, key: ListingKey, page: Page) -> None:
    write_price(page, "60rb")
    expect(page.locator("[data-field=price] .told")).to_contain_text("Tulis satu harga")
    approve(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(UNSAVED)
    alert.get_by_role("link", name="Harga (rupiah)").click()
    expect(page.get_by_label("Harga (rupiah)", exact=True)).to_be_focused()
    assert_undecided(workshop, key)


def test_while_nothing_can_be_sent(workshop: Workshop, key: ListingKey, page: Page) -> None:
    def cut(route: Route) -> None:
        route.abort()

    page.route("**/words", cut)
    write_price(page, "60.000")
    expect(page.locator("[data-field=price] .told")).to_contain_text("Sambungan terputus")
    approve(page)
    expect(page.get_by_role("alert")).to_contain_text(UNSAVED)
    assert_undecided(workshop, key)
