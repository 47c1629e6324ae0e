"""What the console's pages weigh on a slow line and when they can be used; how long a decision takes by keyboard.

    .venv/bin/python -m lab.bench.slow_line [--listings N] [--looking SECONDS]

The line is emulated in Chromium: 256 kbit/s each way, and 400 ms to each answer. A page is interactive when its
scripts have run (``DOMContentLoaded``); its weight is all that comes over the line until it is loaded. A
reviewer looks at each listing for some seconds, as people do, then presses a key; what is measured is from the
key until the next listing's words and first picture are there.
"""

import argparse
import statistics
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from flows.photo_work import look_at_photo, open_photo_context
from lab.shots.__main__ import open_console
from models.listing import ListingKey
from models.person import Role
from storage.catalog.upload_links import make_link
from tests.sellers import draw_photo
from tests.web.console.consoles import CENTRE, Console, running
from tests.web.console.processed import Looked, Workshop
from web.console.session import PLAIN

BYTES_PER_SECOND = 256_000 / 8
LATENCY = 400
"""ms."""
LINE = {
    "offline": False,
    "latency": LATENCY,
    "downloadThroughput": BYTES_PER_SECOND,
    "uploadThroughput": BYTES_PER_SECOND,
}
WEIGHED = """
() => new Promise((done) => {
  const [way] = performance.getEntriesByType("navigation");
  new PerformanceObserver((seen) => {
    const [paint] = seen.getEntriesByName("first-contentful-paint");
    if (paint) done({ paint: paint.startTime, ready: way.domContentLoadedEventEnd, load: way.loadEventStart });
  }).observe({ type: "paint", buffered: true });
})
"""
PAINTED = """
() => {
  const place = () => document.querySelector("#case .case")?.dataset.place;
  const before = place();
  window.decided = new Promise((done) => {
    let began = 0;
    addEventListener("keydown", () => { began = performance.now(); }, { once: true, capture: true });
    const look = () => {
      const shown = document.querySelector("#case");
      const picture = shown.querySelector(".case img");
      const here = began && place() !== before && (!picture || (picture.complete && picture.naturalWidth > 0));
      if (here) setTimeout(() => done(performance.now() - began));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
"""


@dataclass
class Weighed:
    """A page on the slow line."""

    name: str
    kilobytes: float
    requests: int
    first_paint: float
    """s, of words or pictures."""
    interactive: float
    """s."""
    whole: float
    """s."""


def furnish(console: Console, listings: int) -> None:
    """Put one seller with listings that wait into an empty console; all have the same dark photo."""
    context = open_photo_context(console.settings)
    with Image.open(BytesIO(draw_photo(3))) as drawn:
        dark = drawn.point(lambda level: level // 3)
    data = BytesIO()
    dark.save(data, "JPEG", quality=90)
    looked = Looked(*look_at_photo(context, "depan.jpg", data.getvalue()))
    workshop = Workshop(console, context, looked)
    workshop.enrol()
    for number in range(listings):
        workshop.add(f"ibu-ani/produk-{number:03}", words="Tampah anyaman bambu 45rb")


def weigh(browser: Browser, address: str, name: str, place: str, session: str | None) -> Weighed:
    """Open a page on the slow line in a browser that has nothing of it yet."""
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page, received = on_slow_line(context, address, session)
    page.goto(place, wait_until="load", timeout=120_000)
    told: dict[str, float] = page.evaluate(WEIGHED)
    context.close()
    times = (told["paint"] / 1000, told["ready"] / 1000, told["load"] / 1000)
    return Weighed(name, sum(received) / 1000, len(received), *times)


def on_slow_line(context: BrowserContext, address: str, session: str | None) -> tuple[Page, list[int]]:
    """Return a page on the slow line, and a list of what comes, in bytes of each answer."""
    if session:
        context.add_cookies([{"name": PLAIN, "value": session, "url": address}])
    page, received = context.new_page(), []
    line = context.new_cdp_session(page)

    def note(event: dict[str, Any]) -> None:
        received.append(int(event["encodedDataLength"]))

    line.on("Network.loadingFinished", note)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    return page, received


def review(browser: Browser, address: str, session: str, count: int, looking: float, *, slow: bool) -> list[float]:
    """Decide about listings by keyboard; return the ms from each key to the next listing."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    if slow:
        page, _ = on_slow_line(context, address, session)
    else:
        context.add_cookies([{"name": PLAIN, "value": session, "url": address}])
        page = context.new_page()
    page.goto("/review", wait_until="load", timeout=120_000)
    page.wait_for_selector("#case .case")
    took = []
    for number in range(count):
        page.evaluate(PAINTED)
        page.wait_for_timeout(looking * 1000)
        page.keyboard.press("a" if number % 4 else "n")
        took.append(float(page.evaluate("window.decided")))
    context.close()
    return took


def main() -> None:
    """Print a line for each page, and one for each way of reviewing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--listings", type=int, default=60)
    parser.add_argument("--looking", type=float, default=5.0, help="s at each listing before a key is pressed")
    given = parser.parse_args()
    with TemporaryDirectory() as home:
        console = open_console(Path(home))
        furnish(console, 2 * given.listings + 2)
        trainer = console.begin_session("sari", Role.TRAINER)
        reviewer = console.begin_session("tono", Role.REVIEWER)
        key = ListingKey(seller="ibu-ani", listing="produk-000")
        _, token = make_link(console.catalog, key, by="sari")
        with running(console.app) as stands, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
            for name, place, session in (
                ("sign-in", "/sign-in", None),
                ("class", f"/class?centre={CENTRE}", trainer),
                ("listing", "/sellers/ibu-ani/listings/produk-000", trainer),
                ("phone", f"/u/{token}", None),
                ("review", "/review", reviewer),
            ):
                one = weigh(browser, stands.address, name, place, session)
                print(
                    f"{one.name:8} {one.kilobytes:6.1f} kB in {one.requests:2} answers; words after "
                    f"{one.first_paint:4.1f} s, interactive after {one.interactive:4.1f} s, all after "
                    f"{one.whole:4.1f} s",
                    flush=True,
                )
            for slow in (False, True):
                took = review(browser, stands.address, reviewer, given.listings, given.looking, slow=slow)
                print(
                    f"reviewing {'on the slow line' if slow else 'on this machine'}: {len(took)} keys, next "
                    f"listing after {statistics.median(took):.0f} ms in the middle, {max(took):.0f} ms at most",
                    flush=True,
                )
            browser.close()


if __name__ == "__main__":
    main()
