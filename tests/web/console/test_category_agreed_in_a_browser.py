"""A trainer says, with a browser, that the category which we guessed is right: from then on it is her choice."""

from playwright.sync_api import expect

from models.edit import EditedField
from models.person import Role
from storage.catalog.edits import overrides_of
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop

RIGHT = "Kategori ini sudah tepat"


def test_our_category_becomes_her_choice_when_she_says_that_it_is_right(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    key = workshop.add().key
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.goto("/sellers/ibu-ani/listings/tampah")
    category = page.locator("[data-field=category]")
    ours = category.locator("select").input_value()
    assert ours

    page.route("**/words", lambda route: route.abort())
    category.get_by_role("button", name=RIGHT).click()
    expect(category.locator(".told[data-kind=bad]")).to_be_visible()
    page.unroute("**/words")
    page.reload()
    expect(category.locator(".told")).to_have_text("Tersimpan")
    expect(category.get_by_role("button", name=RIGHT)).to_have_count(0)

    (edit,) = overrides_of(workshop.console.catalog, key).edits
    assert (edit.field, edit.value, edit.by) == (EditedField.CATEGORY, ours, "sari")
