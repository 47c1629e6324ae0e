"""A trainer takes a photo again on its page, goes back, and puts the photos in order, with a browser."""

import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Page, expect

from flows.outbox_work import drain_outbox
from models.edit import Overrides
from models.person import Role
from models.photo import Finished, PhotoKey, PhotoResult
from storage.catalog.edits import overrides_of
from storage.catalog.takes import takes_of
from tests.sellers import draw_photo
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.pictures import widths_of
from tests.web.console.processed import Workshop

LISTING = "/sellers/ibu-ani/listings/tampah"
DEPAN, SAMPING, ATAS = "depan.jpg", "samping.jpg", "atas.jpg"
SCORES = {DEPAN: 90, SAMPING: 80, ATAS: 70}
RETAKEN = 95
PATIENCE = 60_000
"""ms: the first look loads a network."""


class Telling(Workshop):
    """A workshop whose photos are known by their bytes, and told from one another by their scores."""

    async def work(self, key: PhotoKey, overrides: Overrides) -> PhotoResult:
        photo = await Workshop.work(self, key, overrides)
        assert isinstance(photo, Finished)
        data = self.console.store.get(key.raw)
        score = SCORES[key.file] if data == key.file.encode() else RETAKEN
        assessment = photo.assessment.model_copy(update={"score": score})
        return photo.model_copy(update={"sha256": hashlib.sha256(data).hexdigest(), "assessment": assessment})


def expect_order(page: Page, *files: str) -> None:
    expect(page.locator("#photo-order .code")).to_have_text(files)


def test_a_photo_is_taken_again_the_earlier_one_used_and_the_photos_put_in_order(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    telling = Telling(workshop.console, workshop.context, workshop.looked)
    key = telling.add(files=(DEPAN, SAMPING, ATAS)).key
    store, place = running_console.store, f"raw/{key}/{SAMPING}"
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.goto(LISTING)
    expect_order(page, DEPAN, ATAS, SAMPING)
    page.locator(".shots a").nth(2).click()
    photo, old, new = page.url, store.get(place), draw_photo(5)

    page.get_by_role("link", name="Ambil lagi").click()
    chosen = {"name": "IMG_7.jpg", "mimeType": "image/jpeg", "buffer": new}
    page.locator("input[type=file]").set_input_files([chosen])
    expect(page.locator(".photo .look.good")).to_have_text("Foto ini sudah baik.", timeout=PATIENCE)
    expect(page.locator(".retake [data-state=pending]")).to_be_visible()
    assert store.get(place) == new
    telling.process()
    page.get_by_role("link", name="Tampilkan yang baru").click(timeout=PATIENCE)
    assert page.url != photo
    expect(page.locator(".score")).to_contain_text(str(RETAKEN))
    earlier = page.locator(".takes li")
    expect(earlier).to_have_count(1)
    expect(earlier).to_contain_text(f"Nilai {SCORES[SAMPING]} dari 100")
    assert all(widths_of(earlier.locator("img")))
    assert_accessible(page)

    earlier.get_by_role("button", name="Pakai foto ini lagi").click()
    expect(page.locator(".retake [data-state=pending]")).to_be_visible()
    assert store.get(place) == old
    telling.process()
    page.goto(photo)
    expect(page.locator(".takes li")).to_contain_text("Dikirim sari")
    first, second = takes_of(running_console.catalog, key)
    assert first.sha256 in photo
    assert second.look is not None

    page.goto(f"{LISTING}?moved=3")
    page.get_by_role("button", name=re.compile("Jadikan foto utama.+foto 3")).click()
    expect_order(page, SAMPING, DEPAN, ATAS)
    page.get_by_role("button", name=re.compile("Turunkan.+foto 2")).press("Enter")
    expect(page.locator("#photo-order .code").nth(1)).to_have_text(ATAS)
    assert page.evaluate("document.activeElement.textContent").endswith("foto 3")
    assert_accessible(page)
    assert overrides_of(running_console.catalog, key).order == (SAMPING, ATAS, DEPAN)

    telling.process()
    page.goto(LISTING)
    page.get_by_role("button", name="Setujui dan terbitkan").click()
    expect(page.get_by_role("button", name="Setujui dan terbitkan")).to_have_count(0)
    # Playwright has a loop of its own in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(drain_outbox, running_console.settings).result()
    (bundle,) = (found.key for found in store.list("published/") if found.key.endswith("/listing.json"))
    published = json.loads(store.get(bundle))
    assert [shown["score"] for shown in published["photos"]] == [SCORES[file] for file in (SAMPING, ATAS, DEPAN)]
