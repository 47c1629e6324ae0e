"""How much of a reviewer's time the server takes while she decides on one listing after the other.

    .venv/bin/python -m lab.bench.review_rate [--listings 300]

So many listings of twenty sellers wait, each with a photo that was really processed. A web server of its own is
asked over loopback for what her page asks for with each decision: the pictures, the next listing, and the decision
itself, one after the other and without a pause. Every second one has no price and is sent back, the others are
approved. Printed is the time until an answer's last byte is there. Nobody looks, reads or presses a key here: how
many she decides in an hour is hers to say, and what is measured is what the server takes of it.
"""

import argparse
import io
import os
import re
import statistics
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from PIL import Image

from config.settings import Settings
from flows.photo_work import look_at_photo, open_photo_context
from lab.bench.web_server import web_server
from models.person import Role
from storage.catalog.review_queue import count_queue
from tests.sellers import add_listing, draw_photo
from tests.web.console.consoles import Console
from tests.web.console.processed import PRICELESS, WORDS, Looked, Workshop
from web.app import create_app
from web.console.session import PLAIN

SELLERS = 20
SCRIPT = {"accept": "application/json"}
HOUR = 3600.0
WANTED = 300
"""Decisions in an hour."""
PLACE, VERSION = re.compile(r'data-place="([^"]*)"'), re.compile(r'name="version" value="(\d+)"')
ADDRESS, PICTURE = re.compile(r'data-address="([^"]*)"'), re.compile(r'<img src="(/pictures/[^"]*)"')


def fill(folder: Path, listings: int) -> str:
    """Have so many listings wait in a new installation; return a reviewer's session."""
    os.environ["ETALASE_HOME"] = str(folder)
    os.chdir(folder)
    app = create_app()
    console, context = Console(app), open_photo_context(Settings())
    looked = Looked(*look_at_photo(context, "depan.jpg", dark_photo()))
    workshop = Workshop(console, context, looked)
    for number in range(SELLERS):
        workshop.enrol(f"Ibu {number}")
    for number in range(listings):
        place = f"ibu-{number % SELLERS}/produk-{number}"
        add_listing(console.store, place, {"depan.jpg": place.encode()}, WORDS if number % 2 else PRICELESS)
    while count_queue(console.catalog) < listings:
        workshop.process()
    session = console.begin_session("tono", Role.REVIEWER)
    app.state.desk.first_look_pool.close()
    console.catalog.close()
    return session


def dark_photo() -> bytes:
    """Return a photo that nobody would publish unseen."""
    with Image.open(io.BytesIO(draw_photo(3))) as drawn:
        dark = drawn.point(lambda level: level // 3)
    out = io.BytesIO()
    dark.save(out, "JPEG", quality=90)
    return out.getvalue()


def decide(reviewer: httpx.Client, listings: int) -> dict[str, list[float]]:
    """Go through the queue as the page does; return the seconds of each kind of answer."""
    took: dict[str, list[float]] = defaultdict(list)

    def timed(what: str, method: str, place: str, **more: object) -> str:
        start = time.perf_counter()
        answer = reviewer.request(method, place, **more)  # type: ignore[arg-type]
        took[what].append(time.perf_counter() - start)
        answer.raise_for_status()
        return answer.text

    page = reviewer.get("/review").raise_for_status().text
    for _ in range(listings):
        begun = time.perf_counter()
        (place,), (address,) = PLACE.findall(page), ADDRESS.findall(page)
        approvable = f'action="{address}/approve"' in page
        form = {"version": VERSION.search(page)[1]}  # type: ignore[index]
        for picture in PICTURE.findall(page):
            timed("a picture", "GET", picture)
        page = timed("the next listing", "GET", "/review/next", params={"after": place})
        if approvable:
            timed("an approval", "POST", f"{address}/approve", data=form, headers=SCRIPT)
        else:
            timed(
                "a sending back", "POST", f"{address}/send-back", data={**form, "reason": "dark"}, headers=SCRIPT
            )
        took["a decision in all"].append(time.perf_counter() - begun)
    return took


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--listings", type=int, default=WANTED)
    arguments.add_argument("--port", type=int, default=8767)
    given = arguments.parse_args()
    address = f"http://127.0.0.1:{given.port}"
    with TemporaryDirectory() as name:
        session = fill(Path(name), given.listings)
        headers = {"origin": address, "accept": "text/html"}
        with (
            web_server(Path(name), given.port, {"ETALASE_HOME": name}),
            httpx.Client(base_url=address, headers=headers, cookies={PLAIN: session}, timeout=60) as reviewer,
        ):
            took = decide(reviewer, given.listings)
    print(f"{given.listings} listings waited; {os.cpu_count()} processors")
    for what, seconds in took.items():
        steps = [step * 1000 for step in statistics.quantiles(seconds, n=100)]
        print(f"{len(seconds)} times {what}: half within {steps[49]:.0f} ms, 95 of 100 within {steps[94]:.0f} ms")
    share = statistics.mean(took["a decision in all"]) * WANTED / HOUR
    print(f"at {WANTED} decisions an hour the server takes {share:.1%} of her time, and leaves the rest to her")


if __name__ == "__main__":
    main()
