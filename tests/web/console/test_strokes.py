"""Strokes on a photo's cut-out: tried and kept by who may see its seller, within bounds, and by nobody else."""

import io

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image
from playwright.sync_api import Page, expect

from models.audit import Act
from models.listing import ListingKey
from models.person import Role
from models.photo import Finished
from storage.catalog.audit import read_audit
from storage.catalog.edits import overrides_of
from storage.catalog.reading import find_listing
from tests.sellers import add_listing, draw_photo
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.processed import WORDS, Atelier, Workshop

KEY = ListingKey(seller="ibu-ani", listing="tampah")
LISTING = "/sellers/ibu-ani/listings/tampah"
REMOVE = {"mark": "remove", "width": 0.05, "points": [[0.05, 0.5], [0.95, 0.5]]}
KEEP = {"mark": "keep", "width": 0.05, "points": [[0.1, 0.1], [0.2, 0.1]]}


def add_photo(atelier: Atelier) -> Finished:
    add_listing(atelier.console.store, str(KEY), {"depan.jpg": draw_photo(3, width=800, height=600)}, WORDS)
    return atelier.process().finished[0]


@pytest.fixture
def atelier(workshop: Workshop) -> Atelier:
    return Atelier(workshop.console, workshop.context, workshop.looked)


@pytest.fixture
def sari(workshop: Workshop) -> TestClient:
    return workshop.console.signed_in("sari", Role.TRAINER)


def place_of(photo: Finished) -> str:
    return f"{LISTING}/photos/{photo.sha256}/strokes"


def alpha_of(webp: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(webp)) as image:
        return np.asarray(image.getchannel("A"))


def test_strokes_are_seen_before_they_are_kept_and_then_kept_under_her_name(
    atelier: Atelier, sari: TestClient
) -> None:
    photo = add_photo(atelier)
    place = place_of(photo)
    with sari:  # one event loop for all, as in use
        as_found = sari.post(f"{place}/preview", json={"strokes": []})
        tried = sari.post(f"{place}/preview", json={"strokes": [REMOVE, KEEP]})
        rows = [[0.0, y / 8] for y in range(9)]
        everything = [
            {"mark": "remove", "width": 0.25, "points": [[across, down], [1.0, down]]} for across, down in rows
        ]
        nothing_left = sari.post(f"{place}/preview", json={"strokes": everything})
        atelier.console.store.put(f"raw/{KEY}/depan.jpg", b"another", media_type="image/jpeg")
        assert sari.post(f"{place}/preview", json={"strokes": [KEEP]}).status_code == 200, "it is kept ready"

    assert (tried.status_code, tried.headers["content-type"]) == (200, "image/webp")
    assert tried.headers["cache-control"] == "no-store"
    before, after = alpha_of(as_found.content), alpha_of(tried.content)
    assert before.shape == after.shape == (480, 640)
    assert (before[240, 320], after[240, 320]) == (255, 0)
    assert (before[48, 96], after[48, 96]) == (0, 255)
    assert (nothing_left.status_code, nothing_left.json()["problem"]) == (
        422,
        "Tidak ada produk yang tersisa. Urungkan coretan terakhir.",
    )
    assert overrides_of(atelier.console.catalog, KEY).corrections == ()

    assert sari.post(place, json={"strokes": [REMOVE], "seen": 0}).json() == {"version": 2}
    assert sari.post(place, json={"strokes": [REMOVE], "seen": 0}).json() == {"version": 2}
    (kept,) = overrides_of(atelier.console.catalog, KEY).corrections
    assert (kept.by, kept.sha256, len(kept.strokes)) == ("sari", photo.sha256, 1)
    acts = [(one.by, one.act) for one in read_audit(atelier.console.catalog) if one.listing]
    assert acts == [("sari", Act.CUTOUT_CORRECTED)]


def test_somebody_elses_newer_strokes_are_told_and_stay(workshop: Workshop, sari: TestClient) -> None:
    photo = workshop.add().finished[0]
    tono = workshop.console.signed_in("tono", Role.REVIEWER)
    assert tono.post(place_of(photo), json={"strokes": [KEEP], "seen": 0}).status_code == 200

    told = sari.post(place_of(photo), json={"strokes": [REMOVE], "seen": 0})

    assert told.status_code == 409
    assert "tono" in told.json()["problem"]
    (kept,) = overrides_of(workshop.console.catalog, KEY).corrections
    assert sari.post(place_of(photo), json={"strokes": [REMOVE], "seen": kept.number}).status_code == 200


@pytest.mark.parametrize("action", ["", "/preview"])
def test_another_centres_photo_cannot_be_drawn_on_nor_one_that_is_not_there(
    workshop: Workshop, sari: TestClient, action: str
) -> None:
    photo = workshop.add().finished[0]
    sent = {"strokes": [REMOVE]} | ({} if action else {"seen": 0})
    stranger = workshop.console.signed_in("dewi", Role.TRAINER, "Balai Lain")
    foreign = workshop.console.client(
        workshop.console.begin_session("rina", Role.TRAINER), origin="https://elsewhere.example"
    )

    assert stranger.post(place_of(photo) + action, json=sent).status_code == 404
    assert sari.post(f"{LISTING}/photos/{'0' * 64}/strokes{action}", json=sent).status_code == 404
    assert sari.post(f"{LISTING}/photos/..%2f..%2fraw/strokes{action}", json=sent).status_code == 404
    assert foreign.post(place_of(photo) + action, json=sent).status_code == 403
    assert workshop.console.client().post(place_of(photo) + action, json=sent).status_code in {303, 401}
    assert workshop.version(KEY) == 1


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b'{"strokes": 1, "seen": 0}',
        b'{"strokes": [], "seen": -1}',
        b'{"strokes": [{"mark": "keep", "width": 0.05, "points": [[NaN, 0.5]]}], "seen": 0}',
        b'{"strokes": [{"mark": "keep", "width": 9, "points": [[0.5, 0.5]]}], "seen": 0}',
        b'{"strokes": ['
        + b",".join([b'{"mark": "keep", "width": 0.05, "points": [[0.5, 0.5]]}'] * 51)
        + b'], "seen": 0}',
        b" " * 300_000,
    ],
)
def test_what_is_no_drawing_is_refused(workshop: Workshop, sari: TestClient, sent: bytes) -> None:
    photo = workshop.add().finished[0]
    headers = {"content-type": "application/json"}

    for action in ("", "/preview"):
        answer = sari.post(place_of(photo) + action, content=sent, headers=headers)
        assert 400 <= answer.status_code < 500
    assert workshop.version(KEY) == 1


def test_without_script_it_is_said_what_is_missing(workshop: Workshop, sari: TestClient) -> None:
    photo = workshop.add().finished[0]
    assert "peramban ini perlu menjalankan JavaScript" in sari.get(f"{LISTING}/photos/{photo.sha256}").text


def paint(page: Page, mark: str, *points: tuple[float, float]) -> None:
    """Draw a line over the photo, through points in shares of its width and height."""
    page.get_by_label(mark, exact=True).check()
    canvas = page.locator(".easel canvas")
    canvas.scroll_into_view_if_needed()
    frame = canvas.bounding_box()
    assert frame is not None
    places = [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=5)
    page.mouse.up()


def opacity(page: Page, across: float, down: float) -> int:
    """Return how much of the shown cut-out there is at a point, 0 to 255."""
    return int(
        page.evaluate(
            """([across, down]) => {
                const shown = document.querySelector(".easel .found");
                const sheet = new OffscreenCanvas(shown.naturalWidth, shown.naturalHeight).getContext("2d");
                sheet.drawImage(shown, 0, 0);
                return sheet.getImageData(across * shown.naturalWidth, down * shown.naturalHeight, 1, 1).data[3];
            }""",
            [across, down],
        )
    )


def reopened(page: Page) -> Page:
    """Close a tab, and open what it showed in another one."""
    other = page.context.new_page()
    page.close()
    other.goto(page.url)
    return other


def test_a_trainer_paints_sees_takes_back_saves_and_the_published_cutout_follows(
    atelier: Atelier, running_console: Console, open_page: OpenPage
) -> None:
    before = add_photo(atelier)
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.goto(f"{LISTING}/photos/{before.sha256}")
    page.get_by_role("button", name="Mulai mencoret").click()
    told = page.locator(".strokes .told")
    expect(told).to_contain_text("Inilah potongan", timeout=60_000)
    save, undo = page.get_by_role("button", name="Simpan potongan"), page.get_by_role("button", name="Urungkan")
    assert (opacity(page, 0.5, 0.5), opacity(page, 0.15, 0.1)) == (255, 0)
    expect(save).to_be_disabled()

    paint(page, "bukan produk", (0.05, 0.5), (0.95, 0.5))
    expect(save).to_be_enabled(timeout=60_000)
    assert opacity(page, 0.5, 0.5) == 0
    paint(page, "adalah produk", (0.1, 0.1), (0.2, 0.1))
    expect(save).to_be_enabled(timeout=60_000)
    assert opacity(page, 0.15, 0.1) == 255

    undo.focus()
    page.keyboard.press("Enter")
    expect(save).to_be_enabled(timeout=60_000)
    assert (opacity(page, 0.5, 0.5), opacity(page, 0.15, 0.1)) == (0, 0)
    page.get_by_role("button", name="Mulai dari awal").click()
    expect(told).to_contain_text("Inilah potongan")
    assert opacity(page, 0.5, 0.5) == 255
    expect(save).to_be_disabled()
    undo.click()
    expect(save).to_be_enabled(timeout=60_000)
    assert_accessible(page)

    # The tab goes, and the strokes are there again: hers alone, with the way back to where she began.
    page = reopened(page)
    told = page.locator(".strokes .told")
    expect(told).to_contain_text("masih ada", timeout=60_000)
    assert opacity(page, 0.5, 0.5) == 0

    page.get_by_role("button", name="Simpan potongan").click()
    expect(told).to_contain_text("Tersimpan")
    after = atelier.process().finished[0]
    assert (after.correction != "", after.trusted, after.trust) == (True, True, before.trust)
    files = [{one.name: one.sha256 for one in photo.renditions} for photo in (before, after)]
    assert all(files[0][name] != files[1][name] for name in ("main.jpg", "cutout.webp"))
    assert files[0]["before.jpg"] == files[1]["before.jpg"]
    # The page changes by itself; a small one has what was drawn ready to go on from.
    expect(page.locator(".strokes .notice")).to_contain_text("sudah diperbaiki oleh sari", timeout=60_000)
    assert files[1]["main.jpg"][:12] in str(page.locator(".layers .after").get_attribute("src"))
    small = open_page(running_console.begin_session("tono", Role.REVIEWER), width=360, dark=True)
    small.goto(f"{LISTING}/photos/{before.sha256}")
    small.get_by_role("button", name="Mulai mencoret").click()
    expect(small.locator(".strokes .told")).to_contain_text("Inilah hasilnya")
    assert opacity(small, 0.5, 0.5) == 0
    assert page.evaluate("localStorage.length") == 0, "what was sent is not kept here any more"
    assert_accessible(small)
    row = find_listing(atelier.console.catalog, KEY)
    assert row is not None and row.version == 2
