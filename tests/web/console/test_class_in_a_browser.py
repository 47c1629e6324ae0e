"""From the class on the wall to a printed sheet, and from a dead letter to a sent one, with a browser."""

from playwright.sync_api import expect

from models.person import Role
from storage.catalog.dead_letters import dead_letters
from storage.catalog.holders import this_process
from storage.catalog.publication_leases import lease_publications, record_failure
from storage.catalog.reviews import approve
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import CENTRE, Console
from tests.web.console.pictures import widths_of
from tests.web.console.processed import PRICELESS, Workshop


def test_a_class_is_watched_its_sheets_are_printed_and_a_dead_letter_is_sent_again(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    catalog = running_console.catalog
    workshop.enrol("Bu Mia")
    workshop.add("ibu-ani/tampah", PRICELESS)
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.goto("/")
    page.get_by_role("link", name="Kelas", exact=True).click()
    cards = page.locator("#room .seller")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("Menunggu pendamping")
    assert_accessible(page)

    # What comes meanwhile is seen without a hand, by who keeps her place too; a line that is cut is told of.
    cards.nth(1).get_by_role("link", name="Bu Mia").focus()
    workshop.add("bu-mia/tas", PRICELESS)
    expect(cards.nth(1)).to_contain_text("Menunggu pendamping", timeout=30_000)
    expect(page.locator("#room .lesson")).to_contain_text("2 dari 2 penjual")
    expect(page.get_by_role("link", name="Bu Mia")).to_be_focused()
    page.context.set_offline(True)
    expect(page.locator("#fresh")).to_contain_text("Sambungan terputus", timeout=30_000)
    page.context.set_offline(False)

    page.get_by_role("link", name="Cetak semua lembar belajar").click()
    expect(page.locator("article.only")).to_have_count(2)
    expect(page.get_by_role("button", name="Cetak")).to_be_visible()
    assert all(widths_of(page.locator("article.only img")))
    assert_accessible(page)
    page.emulate_media(media="print")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 2

    key = workshop.add("ibu-ani/kopi").key
    approve(catalog, key, version=1, by="sari", publishers=("shop",))
    (sending,) = lease_publications(catalog, this_process(), limit=1)
    record_failure(catalog, sending, error="402 no money", final=True)
    session = running_console.begin_session("tono", Role.REVIEWER)
    for width, dark, language in ((360, False, "en"), (360, True, "id"), (1280, True, "id")):
        other = open_page(session, width=width, dark=dark, language=language)
        for place in (f"/class?centre={CENTRE}", "/sellers/ibu-ani/lesson", "/operations"):
            other.goto(place)
            assert_accessible(other)
    expect(other.get_by_text("402 no money")).to_be_visible()
    other.get_by_role("button", name="Kirim lagi ibu-ani/kopi").click()
    expect(other.get_by_role("status")).to_contain_text("Dikirim lagi")
    assert dead_letters(catalog) == ()
