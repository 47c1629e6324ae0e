"""A listing's page in a browser that runs no script: it does not promise what only a script keeps."""

import pytest
from playwright.sync_api import Browser, expect

from models.person import Role
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop
from web.console.session import PLAIN

SAVES = "Yang Anda tulis langsung tersimpan."
NEEDS_SCRIPT = "nyalakan JavaScript"


@pytest.mark.parametrize("scripts", [True, False])
def test_words_are_said_to_be_saved_only_where_they_are(
    workshop: Workshop, running_console: Console, chromium: Browser, scripts: bool
) -> None:
    workshop.add()
    context = chromium.new_context(java_script_enabled=scripts)
    session = running_console.begin_session("sari", Role.TRAINER)
    context.add_cookies([{"name": PLAIN, "value": session, "url": running_console.address}])
    page = context.new_page()
    page.goto(f"{running_console.address}/sellers/ibu-ani/listings/tampah")
    expect(page.get_by_text(SAVES)).to_be_visible(visible=scripts)
    assert (NEEDS_SCRIPT in page.locator("main").inner_text()) is not scripts
    context.close()
