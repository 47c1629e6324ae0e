"""Pictures of every page of the console, on laptop and phone, light and dark, in both languages: ``make shots``.

    .venv/bin/python -m lab.shots [FOLDER] [--only WORDS ...]

A console of its own stands for the time of it, with the samples' sellers in it. A picture is named by its page,
the window's width in px, the theme and the language: ``13-listing-360-dark-id.png``. Each page is also held
against the rules of WCAG 2.2 AA, as far as axe can tell: what it finds is printed, and the command fails.
"""

import argparse
import itertools
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from lab.shots.village import (
    ADMINISTRATOR,
    ARRIVING,
    INVITED,
    RETAKEN,
    REVIEWER,
    SENT_BACK,
    SPOILT,
    TRAINER,
    WAITING,
    Village,
    furnish,
)
from models.listing import ListingKey
from tests.web.console.accessibility import faults_of
from tests.web.console.consoles import CENTRE, Console, running
from web.app import create_app
from web.console.pages import LANGUAGE_COOKIE
from web.console.session import PLAIN

HOST = "balai.lan"
"""As the room's phones know it: for this machine's own name there is no QR code."""
HEIGHTS = {1280: 800, 360: 740}
"""px, by the width."""
ALL_PICTURES = """
Promise.all([...document.images].map((image) => { image.loading = "eager"; return image.decode().catch(() => 0) }))
"""
"""Also those that a browser fetches only when they are come by."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A page, and who looks at it; empty for nobody in particular."""

    name: str
    place: str
    who: str = TRAINER
    then: Callable[[Page], None] | None = None
    """What is done on the page before the picture is taken."""


def shots_of(village: Village) -> tuple[Shot, ...]:
    """Return every page."""

    def listing(key: ListingKey, rest: str = "") -> str:
        return f"/sellers/{key.seller}/listings/{key.listing}{rest}"

    seller, class_ = f"/sellers/{RETAKEN.seller}", f"/class?centre={CENTRE}"
    arriving = f"/sellers/{ARRIVING.seller}/photos?listing={ARRIVING.listing}"
    return (
        Shot("sign-in", "/sign-in", ""),
        Shot("welcome", f"/welcome/{village.secret}", ""),
        Shot("invitation-used", "/welcome/used", ""),
        Shot("sellers", "/sellers"),
        Shot("new-seller", "/sellers/new"),
        Shot("seller", seller),
        Shot("new-product", f"{seller}/photos"),
        Shot("photos", arriving),
        Shot("qr-code", arriving, then=lambda page: page.click('form[action$="/links"] button')),
        Shot("phone", f"/u/{village.token}", ""),
        Shot("phone-other-product", f"/u/{village.token}?product=keranjang rotan", ""),
        Shot("phone-product-taken", f"/u/{village.token}?product={WAITING.listing}", ""),
        Shot("phone-link-ended", "/u/ended", ""),
        Shot("run", f"/sellers/{ARRIVING.seller}/run"),
        Shot("listing", listing(WAITING)),
        Shot("listing-recipes", listing(WAITING), then=lambda page: page.click("#recipe summary")),
        Shot("listing-spoilt-photo", listing(SPOILT)),
        Shot("photo", listing(SENT_BACK, f"/photos/{village.photo}")),
        Shot("photo-taken-again", listing(RETAKEN, f"/photos/{village.again}")),
        Shot("photo-to-take-again", listing(SPOILT, f"/retake?file={village.spoilt}")),
        Shot("review", "/review", REVIEWER),
        Shot("review-reasons", "/review/reasons", REVIEWER),
        Shot("class", class_),
        Shot("lesson", f"{seller}/lesson"),
        Shot("operations", "/operations", REVIEWER),
        Shot("people", "/people", ADMINISTRATOR),
        Shot("person", f"/people/{INVITED}", ADMINISTRATOR),
        Shot("not-found", "/no-such-page"),
        Shot("not-allowed", "/people"),
    )


def take(
    browser: Browser, address: str, village: Village, folder: Path, only: Sequence[str]
) -> dict[str, list[str]]:
    """Take all pictures whose name has one of ``only`` in it; return, by name, what makes a page hard to use."""
    taken: dict[str, list[str]] = {}
    for width, theme, language in itertools.product(HEIGHTS, ("light", "dark"), ("id", "en")):
        for number, shot in enumerate(shots_of(village), start=1):
            name = f"{number:02}-{shot.name}-{width}-{theme}-{language}.png"
            if not any(part in name for part in only):
                continue
            context = browser.new_context(
                base_url=address,
                viewport={"width": width, "height": HEIGHTS[width]},
                color_scheme="dark" if theme == "dark" else "light",
                reduced_motion="reduce",
            )
            cookies = {LANGUAGE_COOKIE: language} | ({PLAIN: village.sessions[shot.who]} if shot.who else {})
            context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])
            page = context.new_page()
            page.goto(shot.place)
            if shot.then:
                shot.then(page)
                page.wait_for_load_state()
            page.evaluate(ALL_PICTURES)
            page.screenshot(path=folder / name, full_page=True)
            taken[name] = faults_of(page)
            context.close()
    return taken


def open_console(home: Path) -> Console:
    """Return a console in a new installation in which nothing is set."""
    for name in [name for name in os.environ if name.startswith(("ETALASE_", "PREFECT_"))]:
        del os.environ[name]
    os.environ["ETALASE_HOME"] = str(home)
    os.chdir(home)
    return Console(create_app())


def main() -> None:
    """Take the pictures, and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(".etalase/shots"))
    parser.add_argument(
        "--only", nargs="*", default=[""], metavar="WORDS", help="those whose name has one of these in it"
    )
    given = parser.parse_args()
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home:
        console = open_console(Path(home))
        village = furnish(console)
        with running(console.app) as stands, sync_playwright() as playwright:
            address = f"http://{HOST}:{urlsplit(stands.address).port}"
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium",
                chromium_sandbox=False,
                args=[f"--host-resolver-rules=MAP {HOST} 127.0.0.1"],
            )
            taken = take(browser, address, village, folder, given.only)
            browser.close()
    for name, faults in taken.items():
        for fault in faults:
            print(f"{name}: {fault}")
    print(f"{len(taken)} pictures in {folder}")
    sys.exit(any(taken.values()))


if __name__ == "__main__":
    main()
