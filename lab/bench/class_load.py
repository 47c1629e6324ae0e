"""Whether the console stays quick while a whole class sends its photos.

    .venv/bin/python -m lab.bench.class_load [--sellers 20] [--photos 5]

A web server of its own, on the embedded default. Every seller's phone sends its photos at once, each in the pieces
that the console's own page sends, and asks for the first look at each as it has arrived. Meanwhile the trainer
opens page after page. A page's time is what passes until its last byte is there. At the end each photo lies in the
store once, byte for byte.
"""

import argparse
import asyncio
import base64
import io
import os
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from PIL import Image

from lab.bench.long_run import variants
from lab.bench.web_server import web_server
from models.listing import ListingKey
from models.person import Person, Role
from models.seller import Enrolment, Seller
from storage.catalog.connection import Catalog
from storage.catalog.links import make_link as invite
from storage.catalog.links import use_link
from storage.catalog.opening import open_catalog
from storage.catalog.people import add_person
from storage.catalog.sellers import enrol_seller
from storage.catalog.upload_links import make_link
from storage.object_store.opening import open_store
from web.console.session import PLAIN
from web.console.tus import MEDIA_TYPE

PIECE = 256 * 1024
SENT_SIDE = 2048
"""px, to which the console's page shrinks a photo before it is sent."""
CENTRE, LISTING = "Balai Sukamaju", "kemeja-biru"
PATIENCE_SECONDS = 120.0


@dataclass
class Outcome:
    """What was seen."""

    pages: list[float] = field(default_factory=list)
    """s, each until its last byte."""
    looks: list[float] = field(default_factory=list)
    """s from a photo's last byte to the first look at it."""
    faults: list[str] = field(default_factory=list)


async def send(phone: httpx.AsyncClient, token: str, number: int, photo: bytes, outcome: Outcome) -> None:
    """Send one photo as the phone's page does, and wait for what is said of it."""
    about = {"filename": f"{number}.jpg", "listing": LISTING, "key": f"{token[:8]}-{number}"}
    told = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in about.items())
    tus = {"tus-resumable": "1.0.0"}
    begun = await phone.post(
        f"/u/{token}/uploads", headers={**tus, "upload-length": str(len(photo)), "upload-metadata": told}
    )
    if begun.status_code != 201:
        outcome.faults.append(f"an upload could not begin: {begun.status_code}")
        return
    place = begun.headers["location"]
    for start in range(0, len(photo), PIECE):
        headers = {**tus, "content-type": MEDIA_TYPE, "upload-offset": str(start)}
        taken = await phone.patch(place, headers=headers, content=photo[start : start + PIECE])
        if taken.status_code != 204:
            outcome.faults.append(f"a piece was not taken: {taken.status_code}")
            return
    arrived = time.perf_counter()
    seen = await phone.get(f"{place}/look")
    if seen.status_code != 200:
        outcome.faults.append(f"no first look: {seen.status_code}")
    outcome.looks.append(time.perf_counter() - arrived)


async def read(trainer: httpx.AsyncClient, sellers: list[Seller], outcome: Outcome) -> None:
    """Open the pages that a trainer opens, one after the other, until told to stop."""
    while True:
        for seller in sellers:
            home = f"/sellers/{seller.folder}"
            for page in ("/sellers", home, f"{home}/photos?listing={LISTING}"):
                start = time.perf_counter()
                answer = await trainer.get(page)
                outcome.pages.append(time.perf_counter() - start)
                if answer.status_code != 200:
                    outcome.faults.append(f"{page}: {answer.status_code}")


async def teach(address: str, session: str, phones: dict[str, list[bytes]], sellers: list[Seller]) -> Outcome:
    """Have all phones send at once while the trainer reads."""
    outcome = Outcome()
    browser = {"base_url": address, "timeout": PATIENCE_SECONDS, "headers": {"origin": address}}
    async with httpx.AsyncClient(**browser, cookies={PLAIN: session}) as trainer:
        reading = asyncio.create_task(read(trainer, sellers, outcome))

        async def send_all(token: str, photos: list[bytes]) -> None:
            async with httpx.AsyncClient(**browser) as phone:
                for number, photo in enumerate(photos):
                    await send(phone, token, number, photo, outcome)

        await asyncio.gather(*(send_all(token, photos) for token, photos in phones.items()))
        reading.cancel()
    return outcome


def phone_photos(count: int) -> list[bytes]:
    """Return photos as a phone's page sends them."""
    photos = []
    for data in variants(count):
        photo = Image.open(io.BytesIO(data))
        out = io.BytesIO()
        scale = SENT_SIDE / max(photo.size)
        photo.resize((round(photo.width * scale), round(photo.height * scale))).save(out, "JPEG", quality=90)
        photos.append(out.getvalue())
    return photos


def prepare(catalog: Catalog, sellers: int) -> tuple[str, list[Seller], list[str]]:
    """Return a trainer's session, her sellers, and the secret of each one's upload link."""
    add_person(catalog, Person(name="sari", role=Role.TRAINER, centre=CENTRE), by="bench")
    session = use_link(catalog, invite(catalog, "sari", by="bench"), "no hash")
    hers = [enrol_seller(catalog, Enrolment(name=f"Ibu {at}", centre=CENTRE), by="sari") for at in range(sellers)]
    links = [make_link(catalog, ListingKey(seller=one.folder, listing=LISTING), by="sari")[1] for one in hers]
    if session is None:
        raise SystemExit("the trainer's link does not let her in")
    return session, hers, links


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sellers", type=int, default=20)
    arguments.add_argument("--photos", type=int, default=5, help="of each")
    arguments.add_argument("--port", type=int, default=8766)
    given = arguments.parse_args()
    photos = phone_photos(given.sellers * given.photos)
    with TemporaryDirectory() as name:
        folder = Path(name)
        catalog = open_catalog(f"sqlite:///{folder}/catalog.sqlite")
        session, sellers, links = prepare(catalog, given.sellers)
        phones = {link: photos[at :: given.sellers] for at, link in enumerate(links)}
        start = time.perf_counter()
        with web_server(folder, given.port, {"ETALASE_HOME": str(folder)}):
            outcome = asyncio.run(teach(f"http://127.0.0.1:{given.port}", session, phones, sellers))
        seconds = time.perf_counter() - start
        catalog.close()
        store = open_store(f"file:{folder}/store")
        arrived = sorted(store.get(found.key) for found in store.list("raw/"))
    sent = f"{len(photos)} photos, {sum(map(len, photos)) / 1e6:.0f} MB"
    print(f"{given.sellers} sellers, {sent}, in {seconds:.1f} s; {os.cpu_count()} processors")
    print(
        "every photo has arrived once, byte for byte" if arrived == sorted(photos) else "WRONG: photos are missing"
    )
    for what, times in (("pages", outcome.pages), ("first looks", outcome.looks)):
        steps = [step * 1000 for step in statistics.quantiles(times, n=100)]
        print(f"{len(times)} {what}: half within {steps[49]:.0f} ms, 95 of 100 within {steps[94]:.0f} ms")
    print(f"faults: {outcome.faults or 'none'}")


if __name__ == "__main__":
    main()
