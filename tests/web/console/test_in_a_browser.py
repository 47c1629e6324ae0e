"""The door as people meet it: with a browser, a keyboard, in both themes."""

from playwright.sync_api import Page, expect

from storage.catalog.links import link_to, make_first_link
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import CENTRE, Console
from web.console.session import PLAIN

ADMINISTRATORS, TRAINERS = "tujuh gunung tinggi", "tiga ekor kambing"


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
