"""A seller's enrolment that does not reach us is still in its form, with a browser, and enrols one seller."""

import pytest
from playwright.sync_api import Page, expect

from models.person import Role
from storage.catalog.sellers import sellers_of
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console

FORM = "/sellers/new"
DRAFTS = "Object.keys(localStorage).filter((name) => name.startsWith('draft'))"


@pytest.fixture
def page(running_console: Console, open_page: OpenPage) -> Page:
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.goto(FORM)
    return page


def fill(page: Page) -> None:
    page.fill("#name", "Bu Ani")
    page.fill("#village", "Sukamaju")
    page.get_by_label("Shopee").check()
    page.locator("[name=consent]").check()


def send(page: Page) -> None:
    page.locator("main form button").click()


def expect_typed(page: Page) -> None:
    expect(page.locator("#name")).to_have_value("Bu Ani")
    expect(page.locator("#village")).to_have_value("Sukamaju")
    expect(page.get_by_label("Shopee")).to_be_checked()
    expect(page.locator("[name=consent]")).not_to_be_checked()  # to be asked for once more


def test_after_her_session_has_ended(running_console: Console, page: Page) -> None:
    fill(page)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    send(page)
    page.wait_for_url("**/sign-in?next=/sellers/new**")
    expect(page.get_by_role("alert")).to_contain_text("belum tersimpan")
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(FORM)
    expect_typed(page)
    assert sellers_of(running_console.catalog, None) == ()


def test_once_enrolled_she_is_forgotten_by_the_browser(running_console: Console, page: Page) -> None:
    fill(page)
    send(page)
    page.wait_for_url("**/sellers/bu-ani/photos**")
    page.wait_for_function(f"!{DRAFTS}.length")
    page.goto(FORM)
    expect(page.locator("#name")).to_have_value("")


def test_though_the_answer_was_lost_she_is_enrolled_once(running_console: Console, page: Page) -> None:
    fill(page)

    def lose(route: object) -> None:
        route.fetch(max_redirects=0)  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route(
        "**/sellers/new", lambda route: lose(route) if route.request.method == "POST" else route.continue_()
    )
    send(page)
    page.wait_for_url("chrome-error://**")
    page.unroute("**/sellers/new")
    page.goto(FORM)
    expect_typed(page)
    page.locator("[name=consent]").check()
    send(page)
    page.wait_for_url("**/sellers/bu-ani/photos**")
    assert [seller.folder for seller in sellers_of(running_console.catalog, None)] == ["bu-ani"]
