"""A trainer and a reviewer at work on listings, with a browser, on a line that is cut."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from models.person import Role
from models.review import Decision
from storage.catalog.reading import find_listing
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.processed import PRICELESS, Workshop

LISTING = "/sellers/ibu-ani/listings/tampah"


def title_of(page: Page) -> str:
    return page.get_by_label("Judul", exact=True).input_value()


def test_a_question_is_answered_a_title_outlives_a_cut_line_and_the_listing_is_approved(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    key = workshop.add(words=PRICELESS).key
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.goto(LISTING)

    page.get_by_label("Jawaban lain: Berapa harga").fill("45 ribu")
    page.get_by_role("button", name="Simpan jawaban").first.click()
    expect(page.get_by_label("Jawaban lain: Berapa harga")).to_have_count(0)

    page.context.set_offline(True)
    page.get_by_label("Judul", exact=True).fill("Tampah Bambu Bulat")
    told = page.locator("[data-field=title] .told")
    expect(told).to_contain_text("Sambungan terputus")
    page.context.set_offline(False)
    expect(told).to_have_text("Tersimpan")

    workshop.process()
    page.goto(LISTING)
    assert title_of(page) == "Tampah Bambu Bulat"
    page.get_by_role("button", name="Setujui dan terbitkan").click()
    expect(page.get_by_role("button", name="Setujui dan terbitkan")).to_have_count(0)
    row = find_listing(workshop.console.catalog, key)
    assert row is not None and row.review is not None
    assert (row.review.by, row.review.decision, row.review.version) == ("sari", Decision.APPROVED, 3)


def test_what_was_typed_is_there_when_the_page_is_opened_again(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    key = workshop.add().key
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.route("**/words", lambda route: route.abort())
    page.goto(LISTING)
    page.get_by_label("Judul", exact=True).fill("Tampah Bambu Bulat")
    expect(page.locator("[data-field=title] .told")).to_contain_text("Sambungan terputus")
    page.unroute("**/words")

    page.reload()

    expect(page.locator("[data-field=title] .told")).to_have_text("Tersimpan")
    assert title_of(page) == "Tampah Bambu Bulat"
    assert workshop.version(key) == 2


def test_words_that_took_too_long_on_the_way_are_sent_again(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    key = workshop.add().key
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.route("**/words", lambda route: route.fulfill(status=408, json={"title": "terlalu lama"}), times=1)
    page.goto(LISTING)
    page.get_by_label("Judul", exact=True).fill("Tampah Bambu Bulat")
    told = page.locator("[data-field=title] .told")
    expect(told).to_contain_text("Sambungan terputus")
    expect(told).to_have_text("Tersimpan", timeout=20_000)
    assert workshop.version(key) == 2


def test_a_reviewer_decides_by_keyboard_alone(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    keys = [workshop.add(f"ibu-ani/{name}", PRICELESS).key for name in ("satu", "dua", "tiga")]
    page = open_page(running_console.begin_session("tono", Role.REVIEWER))
    page.goto("/review")
    shown = page.locator("#case .quiet-text").first
    expect(shown).to_have_text(str(keys[0]))

    page.keyboard.press("n")
    expect(shown).to_have_text(str(keys[1]))
    page.keyboard.press("p")
    expect(shown).to_have_text(str(keys[0]))
    page.keyboard.press("s")
    page.keyboard.press("2")
    expect(shown).to_have_text(str(keys[1]))
    expect(page.locator("#done")).to_contain_text("dikembalikan")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Tombol papan ketik")).to_be_visible()

    row = find_listing(workshop.console.catalog, keys[0])
    assert row is not None and row.review is not None
    assert (row.review.by, row.review.word) == ("tono", "Ambil foto lagi di dekat jendela.")


def hold_a_key(page: Page) -> None:
    page.keyboard.down("a")
    expect(page.locator("#done")).to_contain_text("disetujui")
    page.keyboard.down("a")  # pressed already: this is what the keyboard repeats
    page.keyboard.up("a")


def click_twice(page: Page) -> None:
    page.get_by_role("button", name="Setujui dan terbitkan").dblclick()
    expect(page.locator("#done")).to_contain_text("disetujui")


@pytest.mark.parametrize("decide", [hold_a_key, click_twice])
def test_what_nobody_has_seen_is_not_approved(
    workshop: Workshop, running_console: Console, open_page: OpenPage, decide: Callable[[Page], None]
) -> None:
    keys = [workshop.add(f"ibu-ani/{name}").key for name in ("satu", "dua", "tiga")]
    page = open_page(running_console.begin_session("tono", Role.REVIEWER))
    with page.expect_response("**/review/next**"):
        page.goto("/review")

    decide(page)
    page.wait_for_load_state("networkidle")

    expect(page.locator("#case .quiet-text").first).to_have_text(str(keys[1]))
    rows = [find_listing(workshop.console.catalog, key) for key in keys]
    assert [row is not None and row.review is not None for row in rows] == [True, False, False]


def test_a_long_name_makes_no_page_wider_than_a_phone(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    key = workshop.add("ibu-ani/tampah_anyaman_bambu_bulat_besar_kualitas_bagus").key
    page = open_page(running_console.begin_session("tono", Role.REVIEWER), width=360)
    for place in (f"/sellers/{key.seller}/listings/{key.listing}", "/review"):
        page.goto(place)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everybody_can_use_these_pages(
    workshop: Workshop, running_console: Console, open_page: OpenPage, dark: bool
) -> None:
    result = workshop.add(words=PRICELESS)
    reviewer = running_console.begin_session("tono", Role.REVIEWER)
    page = open_page(reviewer, width=360, dark=dark)

    for place in (LISTING, f"{LISTING}/photos/{result.finished[0].sha256}", "/review", "/review/reasons"):
        page.goto(place)
        for summary in page.locator("summary").all():
            summary.click()
        assert_accessible(page)
