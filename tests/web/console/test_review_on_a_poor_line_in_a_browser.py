"""A reviewer decides, with a browser, while the next listing is slow to come or does not come at all."""

import pytest
from playwright.sync_api import Page, Route, expect

from models.listing import ListingKey
from models.person import Role
from storage.catalog.reading import find_listing
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop

NEXT = "**/review/next*"


@pytest.fixture
def keys(workshop: Workshop) -> list[ListingKey]:
    return [workshop.add(f"ibu-ani/{name}").key for name in ("satu", "dua", "tiga")]


@pytest.fixture
def page(keys: list[ListingKey], running_console: Console, open_page: OpenPage) -> Page:
    return open_page(running_console.begin_session("tono", Role.REVIEWER))


def fail(route: Route) -> None:
    route.fulfill(status=503)


def assert_shown(page: Page, key: ListingKey) -> None:
    expect(page.locator("#case .quiet-text").first).to_have_text(str(key))


def reviewed(workshop: Workshop, keys: list[ListingKey]) -> list[bool]:
    rows = [find_listing(workshop.console.catalog, key) for key in keys]
    return [row is not None and row.review is not None for row in rows]


def test_a_decision_that_is_lost_is_told_and_can_be_made_again(
    workshop: Workshop, keys: list[ListingKey], page: Page
) -> None:
    page.route(NEXT, fail)
    with page.expect_response(NEXT):
        page.goto("/review")
    page.context.set_offline(True)
    page.keyboard.press("a")
    expect(page.locator("#failed")).to_contain_text("sambungan terputus")
    assert_shown(page, keys[0])

    page.context.set_offline(False)
    page.unroute(NEXT)
    page.keyboard.press("a")
    assert_shown(page, keys[1])
    expect(page.locator("#done")).to_contain_text("disetujui")
    assert reviewed(workshop, keys) == [True, False, False]


def test_where_the_next_one_failed_to_come_it_is_asked_for_again(keys: list[ListingKey], page: Page) -> None:
    page.route(NEXT, fail, times=1)
    with page.expect_response(NEXT):
        page.goto("/review")
    page.keyboard.press("n")
    assert_shown(page, keys[1])
    expect(page.locator("#back")).to_be_enabled()  # it is the same page


@pytest.mark.parametrize(("key", "decided"), [("n", False), ("a", True)])
def test_what_is_pressed_while_the_next_one_comes_does_nothing(
    workshop: Workshop, keys: list[ListingKey], page: Page, key: str, decided: bool
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(NEXT, hold, times=1)
    with page.expect_request(NEXT):
        page.goto("/review")
    page.keyboard.press(key)
    page.keyboard.press(key)
    held[0].continue_()
    assert_shown(page, keys[1])
    page.wait_for_load_state("networkidle")
    assert_shown(page, keys[1])
    assert reviewed(workshop, keys) == [decided, False, False]
    expect(page.locator("#failed li")).to_have_count(0)
    page.keyboard.press("p")
    assert_shown(page, keys[0])
    expect(page.locator("#back")).to_be_disabled()
