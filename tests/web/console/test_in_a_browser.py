"""Sign-in as people meet it: with a browser, by keyboard, in both themes."""

import pytest
from playwright.sync_api import Page, expect

from models.person import Role
from storage.catalog.links import link_to, make_first_link, make_link
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import CENTRE, Console
from web.console.session import PLAIN

ADMINISTRATORS, TRAINERS = "tujuh gunung tinggi", "tiga ekor kambing"
FIRST_PAGE_BYTES = 100_000
SENT = """
performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
    .reduce((sum, entry) => sum + entry.transferSize, 0)
"""
FOCUSED = "document.activeElement.id || document.activeElement.innerText.split('\\n')[0].trim()"


def choose_password(page: Page, link: str, password: str) -> None:
    page.goto(link)
    page.get_by_label("Kata sandi baru", exact=True).fill(password)
    page.get_by_label("Kata sandi baru, sekali lagi").fill(password)
    page.get_by_role("button", name="Simpan dan masuk").click()


def test_the_first_administrator_comes_by_a_link_and_invites_a_trainer_who_signs_in(
    running_console: Console, open_page: OpenPage
) -> None:
    first = make_first_link(running_console.catalog)
    assert first
    administrators = open_page()
    choose_password(administrators, link_to(running_console.address, first), ADMINISTRATORS)
    expect(administrators.get_by_role("heading", name="Orang", exact=True)).to_be_visible()

    administrators.get_by_label("Nama masuk").fill("sari")
    administrators.get_by_label("Balai", exact=True).fill(CENTRE)
    administrators.get_by_role("button", name="Buat tautan undangan").click()
    link = administrators.get_by_label("Salin dan kirim").input_value()

    trainers = open_page()
    choose_password(trainers, link, TRAINERS)
    trainers.wait_for_url("**/sellers")
    trainers.context.clear_cookies(name=PLAIN)
    trainers.goto("/")
    trainers.get_by_label("Nama masuk").fill("Sari")
    trainers.get_by_label("Kata sandi").fill(TRAINERS)
    trainers.keyboard.press("Enter")
    trainers.wait_for_url("**/sellers")


@pytest.mark.parametrize("width, dark, language", [(360, False, "id"), (1600, True, "en")])
def test_every_page_is_for_everybody(
    running_console: Console, open_page: OpenPage, width: int, dark: bool, language: str
) -> None:
    page = open_page(width=width, dark=dark, language=language)
    page.goto("/sign-in")
    assert page.evaluate(SENT) < FIRST_PAGE_BYTES
    assert_accessible(page)
    page.fill("#name", "sari")
    page.fill("#password", "salah")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)

    running_console.begin_session("sari", Role.TRAINER)
    page.goto(f"/welcome/{make_link(running_console.catalog, 'sari', by='tests')}")
    assert_accessible(page)
    page.goto("/welcome/made-up")
    assert_accessible(page)

    session = running_console.begin_session("pengelola", Role.ADMINISTRATOR)
    page.context.add_cookies([{"name": PLAIN, "value": session, "url": running_console.address}])
    for place in ("/people", "/people/sari", "/no-such-page"):
        page.goto(place)
        assert_accessible(page)
    page.goto("/people")
    page.fill("#name", "sari")
    page.click("main .button")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    assert_accessible(page)


def test_the_keyboard_comes_by_everything_in_the_order_in_which_it_is_read(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/sign-in")
    passed = []
    for _ in range(7):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
    assert passed == [
        "Langsung ke isi",
        "Etalase",
        "ID",
        "EN",
        "name",
        "password",
        "Masuk",
    ]

    page.goto("/sign-in")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "main"
