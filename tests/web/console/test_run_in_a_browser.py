"""A run is seen photo by photo, and by nobody who has been signed out."""

from dataclasses import replace

from playwright.sync_api import Page, Route, expect

from flows.noted_progress import noted_in
from flows.photo_cache import store_cached
from flows.progress import ListingBegun, PhotoBegun, PhotoDone, tell
from models.lease import Lease
from models.listing import ListingKey
from models.person import Role
from models.photo import Finished, SetAside
from models.rejection import RejectionReason
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release
from storage.catalog.photo_progress import photos_of_seller
from storage.catalog.sessions import end_session
from storage.discovery import discover
from tests.sellers import add_listing
from tests.web.console.accessibility import assert_accessible
from tests.web.console.conftest import OpenPage
from tests.web.console.consoles import Console
from tests.web.console.pictures import widths_of
from tests.web.console.processed import WORDS, Workshop

KEY = ListingKey(seller="ibu-ani", listing="tampah")
FILES = ("atas.jpg", "depan.jpg", "samping.jpg")
PATIENCE = 30_000
"""ms"""


def begin(workshop: Workshop) -> Lease:
    add_listing(workshop.console.store, str(KEY), {file: file.encode() for file in FILES}, WORDS)
    discover(workshop.console.store, workshop.console.catalog)
    (lease,) = lease_listings(workshop.console.catalog, this_process())
    return lease


def work(workshop: Workshop, file: str) -> Finished:
    """Do what a process of the pool does with one photo."""
    key = KEY.photo(file)
    photo = workshop.keep(key, workshop.looked, f"{FILES.index(file)}" * 64, workshop.context)
    assert isinstance(photo, Finished)
    store_cached(replace(workshop.context, store=workshop.console.store), key, photo)
    return photo


def expect_steps(page: Page, *steps: str) -> None:
    for file, step in zip(FILES, steps, strict=True):
        expect(page.locator(f'.face[data-file="{file}"]')).to_have_attribute("data-state", step)


def test_each_photo_goes_from_waiting_to_ready_before_the_listing_is_done_until_she_is_signed_out(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    session = running_console.begin_session("sari", Role.TRAINER)
    lease = begin(workshop)
    page = open_page(session, width=360, dark=True)
    page.goto("/sellers/ibu-ani/run")
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    with noted_in(workshop.console.catalog):
        tell(ListingBegun(lease))
        expect_steps(page, "waiting", "waiting", "waiting")
        tell(PhotoBegun(lease.photos[1]))
        expect_steps(page, "waiting", "working", "waiting")
        expect(page.locator('[data-file="depan.jpg"] .says')).to_have_text("sedang diolah")
        tell(PhotoDone(KEY, work(workshop, "depan.jpg")))
        tell(PhotoBegun(lease.photos[2]))
        expect_steps(page, "waiting", "ready", "working")
        expect(page.locator(".photo-count")).to_have_text("1 dari 3 foto siap")
        pair = page.locator('[data-file="depan.jpg"] img')
        expect(pair.last).to_be_visible()
        assert widths_of(pair) == [300, 300]
        tell(PhotoDone(KEY, SetAside(file="samping.jpg", sha256=None, reason=RejectionReason.TRUNCATED)))
        expect_steps(page, "waiting", "ready", "unused")
    assert_accessible(page)
    assert loads == [], "nothing was loaded again"

    # A worker that is gone leaves the photos to the next one.
    release(workshop.console.catalog, lease, error="gone")
    expect_steps(page, "waiting", "waiting", "waiting")
    end_session(workshop.console.catalog, session)
    page.wait_for_url("**/sign-in?next=**")


def test_by_a_lease_that_was_lost_nothing_is_noted(workshop: Workshop) -> None:
    catalog, lease = workshop.console.catalog, begin(workshop)
    release(catalog, lease, error="gone", retry_after=0)
    (newer,) = lease_listings(catalog, this_process())
    for each, file in ((newer, 0), (lease, 1)):
        with noted_in(catalog):
            tell(ListingBegun(each))
            tell(PhotoBegun(each.photos[file]))
    standing = {photo.file: photo.state for photo in photos_of_seller(catalog, KEY.seller)[KEY.listing]}
    assert standing == {"atas.jpg": "working", "depan.jpg": "new", "samping.jpg": "new"}


def refused(route: Route) -> None:
    route.fulfill(status=503)


def test_a_stream_that_was_refused_is_opened_again(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    lease = begin(workshop)
    page = open_page(running_console.begin_session("sari", Role.TRAINER))
    page.route("**/run/events", refused)
    page.goto("/sellers/ibu-ani/run")
    status = page.locator("[role=status]")
    expect(status).to_have_text("Sambungan terputus. Sedang disambung lagi.")
    page.unroute("**/run/events")
    expect(status).to_have_text("Halaman ini berubah sendiri.", timeout=PATIENCE)
    with noted_in(workshop.console.catalog):
        tell(ListingBegun(lease))
        tell(PhotoBegun(lease.photos[1]))
        expect_steps(page, "waiting", "working", "waiting")


def test_who_was_signed_out_while_no_stream_stood_is_led_to_the_door(
    workshop: Workshop, running_console: Console, open_page: OpenPage
) -> None:
    begin(workshop)
    session = running_console.begin_session("sari", Role.TRAINER)
    page = open_page(session)
    page.route("**/run/events", refused)
    page.goto("/sellers/ibu-ani/run")
    expect(page.locator("[role=status]")).to_have_text("Sambungan terputus. Sedang disambung lagi.")
    end_session(workshop.console.catalog, session)
    page.wait_for_url("**/sign-in?next=/sellers/ibu-ani/run", timeout=PATIENCE)
