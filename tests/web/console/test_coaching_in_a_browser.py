"""A trainer and an expert, each with a browser, point at a photo and talk about it, on a line that is cut."""

import re
from contextlib import closing
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from models.person import Role
from storage.catalog.coach_words import look_on
from storage.catalog.coaching import standing_coach_link
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop
from web.console.coach_stream import MOST_LISTENERS

LISTING = "/sellers/ibu-ani/listings/tampah"
WATCHED, CUT = re.compile("^Tersambung"), re.compile("terputus")
PATIENCE = 30_000
"""ms: a line that is cut is tried again after seconds."""


def tap(page: Page, across: float, down: float) -> None:
    """Tap on the photo, at shares of its width and height."""
    aim = page.locator("button.aim")
    aim.scroll_into_view_if_needed()
    frame = aim.bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + across * frame["width"], frame["y"] + down * frame["height"])


def place_of(ring: Locator) -> list[float]:
    shares = ring.evaluate("ring => [parseFloat(ring.style.left), parseFloat(ring.style.top)]")
    return [round(share / 100, 2) for share in shares]


def say(page: Page, word: str) -> None:
    page.get_by_label("Pesan singkat").fill(word)
    page.get_by_role("button", name="Kirim", exact=True).click()


def shown(page: Page) -> str | None:
    return page.locator(".board:visible img").get_attribute("alt")


def invite(trainer: Page, guest: Page) -> str:
    """Have the trainer invite, and the guest follow the link; return its address."""
    trainer.goto(LISTING)
    trainer.get_by_role("button", name="Undang ahli").click()
    address = trainer.locator(".address").inner_text()
    guest.goto(address)
    for page in (trainer, guest):
        expect(page.locator(".connection")).to_have_text(WATCHED, timeout=PATIENCE)
    return address


def point_and_write(trainer: Page, guest: Page) -> None:
    tap(guest, 0.25, 0.75)
    expect(guest.locator(".talk .told")).to_contain_text("Tulis dulu nama Anda")
    expect(guest.get_by_label("Nama Anda")).to_be_focused()
    guest.get_by_label("Nama Anda").fill("Pak <i>Budi</i>")
    tap(guest, 0.25, 0.75)
    ring = trainer.locator(".ring")
    expect(ring).to_have_text("Pak <i>Budi</i>")
    assert place_of(ring) == place_of(guest.locator(".ring")) == [0.25, 0.75]
    say(guest, "Gelap <b>di sini</b>")
    for page in (trainer, guest):
        expect(page.locator(".log .word")).to_have_text(["Gelap <b>di sini</b>"])
        expect(page.get_by_role("button", name="Foto utama, sebelum")).to_be_visible()


def turn_and_point_by_keyboard(trainer: Page, guest: Page) -> None:
    trainer.get_by_role("button", name="Foto 2", exact=True).click()
    trainer.get_by_role("button", name="Sesudah", exact=True).click()
    for name in ("Sesudah", "Foto 2"):
        button = guest.get_by_role("button", name=name, exact=True)
        expect(button).to_have_attribute("aria-pressed", "true")
    assert shown(trainer) == shown(guest) == "Foto 2, sesudah"
    trainer.locator("button.aim").focus()
    for pressed in ("ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        trainer.keyboard.press(pressed)
    expect(trainer.locator(".talk .told")).to_contain_text("54 persen dari kiri, 40 persen dari atas")
    trainer.keyboard.press("Enter")
    expect(guest.locator(".ring")).to_have_text("pendamping")
    assert place_of(guest.locator(".ring")) == [0.54, 0.4]
    trainer.get_by_role("button", name="Tanpa tempat").press("Enter")
    say(trainer, "Baik, Pak")
    expect(guest.locator(".log .word")).to_have_text(["Baik, Pak", "Gelap <b>di sini</b>"])
    guest.get_by_role("button", name="Foto utama, sebelum").click()
    cover = trainer.get_by_role("button", name="Foto utama", exact=True)
    expect(cover).to_have_attribute("aria-pressed", "true")
    expect(trainer.locator(".ring")).to_have_text("Pak <i>Budi</i>")


def talk_through_a_cut_line(trainer: Page, guest: Page, address: str) -> None:
    guest.context.set_offline(True)
    say(guest, "Coba dekat jendela")
    expect(guest.locator(".talk .told")).to_contain_text("aman di sini")
    say(trainer, "Masih di sana, Pak?")
    expect(trainer.locator(".log .word")).to_have_count(3)
    guest.context.set_offline(False)
    for page in (trainer, guest):
        expect(page.locator(".log .word")).to_have_count(4, timeout=PATIENCE)
    # A line that lets no stream through is asked now and then.
    guest.route("**/events*", lambda route: route.abort())
    guest.goto(address)
    assert guest.get_by_label("Nama Anda").input_value() == ""
    expect(guest.locator(".connection")).to_have_text(WATCHED, timeout=PATIENCE)
    say(trainer, "Sudah di dekat jendela")
    expect(guest.locator(".log .word").first).to_have_text("Sudah di dekat jendela", timeout=PATIENCE)


def open_more_streams_than_there_may_be(address: str, mark: str) -> None:
    streams = []
    with pytest.raises(HTTPError, match="503"):
        for _ in range(MOST_LISTENERS + 1):
            streams.append(urlopen(f"{address}/events", timeout=30))
    assert streams
    for stream in streams:
        with closing(stream):
            assert stream.readline() == f"id: {mark}\n".encode()


def test_a_trainer_and_an_expert_see_each_others_places_words_and_turns(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    key = workshop.add(files=("depan.jpg", "samping.jpg")).key
    trainer = open_page(running_console.begin_session("sari", Role.TRAINER))
    guest = open_page(width=360)
    complaints: list[str] = []
    for page in (trainer, guest):
        page.on("console", lambda told: complaints.append(told.text) if "Security" in told.text else None)

    address = invite(trainer, guest)
    point_and_write(trainer, guest)
    turn_and_point_by_keyboard(trainer, guest)
    for width in (1280, 360):
        for page in (trainer, guest):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("scrollTo(0, 0)")  # nothing is half under the head
            assert_accessible(page)
    talk_through_a_cut_line(trainer, guest, address)

    link = standing_coach_link(running_console.catalog, key)
    assert link is not None
    kept = look_on(running_console.catalog, link)
    assert sorted(remark.word for remark in kept.remarks if remark.word) == [
        "Baik, Pak",
        "Coba dekat jendela",
        "Gelap <b>di sini</b>",
        "Masih di sana, Pak?",
        "Sudah di dekat jendela",
    ]
    open_more_streams_than_there_may_be(address, f"{kept.remarks[-1].id}-{kept.turn}")
    trainer.get_by_role("button", name="Cabut tautan").click()
    expect(trainer.get_by_role("button", name="Undang ahli")).to_be_visible()
    expect(guest.locator(".connection")).to_have_text("Tautan ini sudah berakhir.", timeout=PATIENCE)
    expect(guest.get_by_label("Pesan singkat")).to_be_disabled()
    assert guest.goto(address).status == 404  # type: ignore[union-attr]
    assert complaints == []


def test_a_trainer_who_was_signed_out_is_told_to_sign_in_and_goes_on_after_it(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    workshop.add()
    trainer = open_page(running_console.begin_session("sari", Role.TRAINER))
    guest = open_page(width=360)
    invite(trainer, guest)

    cookies = trainer.context.cookies()
    trainer.context.clear_cookies()
    trainer.evaluate("dispatchEvent(new Event('online'))")
    connection = trainer.locator(".connection")
    expect(connection).to_have_text(re.compile("^Masuk lagi"), timeout=PATIENCE)
    trainer.wait_for_timeout(3000)
    expect(connection).to_have_text(re.compile("^Masuk lagi"))

    trainer.context.add_cookies(cookies)  # type: ignore[arg-type]
    expect(connection).to_have_text(WATCHED, timeout=PATIENCE)
