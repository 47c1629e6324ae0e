"""How fast the webhook answers under load, and whether all that it has answered for is kept.

    .venv/bin/python -m lab.bench.ingest_load [--rate 200] [--seconds 30] [--catalog URL]

A web server of its own is sent signed events of the marketplace and notifications of an object store in turn,
each tenth one for the second time, at a steady rate over connections that stay open, as a sender's do. A request's
time counts from the moment at which it was due, so that a server that falls behind is not spared the requests that
wait. The server's own CPU time is told beside: it depends less on what else the machine does.
Without ``--catalog`` the queue is a new SQLite file; one that is named must be a database for this alone.
"""

import argparse
import asyncio
import base64
import json
import os
import platform
import resource
import statistics
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from standardwebhooks import Webhook

from lab.bench.web_server import web_server
from models.listing import ListingKey
from storage.catalog.arrivals import Arrival, ArrivedFile, record_arrivals
from storage.catalog.deliveries import newest_delivery
from storage.catalog.opening import open_catalog

SECRET = "whsec_" + base64.b64encode(os.urandom(32)).decode()
TOKEN = os.urandom(32).hex()
BUCKET, SELLER, HOST = "bench", "ibu-ani", "photos.example"
CONNECTIONS = 64
TWICE = 10


@dataclass
class Outcome:
    """What the requests came to."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)


def event(number: int) -> bytes:
    """Return a whole request: even ones are the marketplace's, odd ones an object store's."""
    listing = f"listing-{number}"
    if number % 2:
        changed = {"key": f"raw/{SELLER}/{listing}/1.jpg", "sequencer": f"{number:016X}", "eTag": "0" * 32}
        record = {
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "eventTime": "2026-11-24T03:12:30.430Z",
            "eventName": "ObjectCreated:Put",
            "s3": {"bucket": {"name": BUCKET}, "object": changed},
        }
        body = json.dumps({"Records": [record]}).encode()
        return request("/ingest/s3", body, {"authorization": f"Bearer {TOKEN}"})
    now = datetime.now(UTC).replace(microsecond=0)
    photos = [{"file": f"{photo}.jpg", "url": f"https://{HOST}/{photo}.jpg"} for photo in range(5)]
    data = {"seller": SELLER, "listing": listing, "photos": photos, "note": {"words": "Tampah anyaman 45rb"}}
    payload = {"type": "listing.photos.uploaded", "timestamp": now.isoformat(), "data": data}
    body = json.dumps(payload).encode()
    signature = Webhook(SECRET).sign(listing, now, body.decode())
    headers = {
        "webhook-id": listing,
        "webhook-timestamp": f"{now.timestamp():.0f}",
        "webhook-signature": signature,
    }
    return request("/ingest/listing", body, headers)


def request(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Return a request's bytes."""
    lines = {"host": "127.0.0.1", "content-type": "application/json", "content-length": str(len(body)), **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body


async def load(port: int, rate: float, numbers: list[int]) -> Outcome:
    """Send one event for each number, evenly, and return how the server answered."""
    outcome = Outcome()
    loop = asyncio.get_running_loop()
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))

    async def send(due: float, content: bytes) -> None:
        await asyncio.sleep(max(0.0, due - loop.time()))
        reader, writer = await free.get()
        writer.write(content)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.partition(b":")[2]))
        outcome.seconds.append(loop.time() - due)
        status = int(head.split()[1])
        outcome.statuses[status] = outcome.statuses.get(status, 0) + 1
        free.put_nowait((reader, writer))

    # Made before the first is sent: what it costs to sign must not slow the server down.
    contents = {number: event(number) for number in set(numbers)}
    start = loop.time() + 0.5
    await asyncio.gather(*(send(start + place / rate, contents[number]) for place, number in enumerate(numbers)))
    return outcome


def main() -> None:
    """Measure, and print what was measured."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rate", type=float, default=200.0, help="requests a second")
    arguments.add_argument("--seconds", type=float, default=30.0)
    arguments.add_argument("--catalog", help="postgresql+psycopg://USER:PASSWORD@HOST/NAME")
    arguments.add_argument("--port", type=int, default=8765)
    given = arguments.parse_args()
    count = int(given.rate * given.seconds)
    numbers = [place - TWICE // 2 if place % TWICE == TWICE - 1 else place for place in range(count)]
    with TemporaryDirectory() as folder:
        url = given.catalog or f"sqlite:///{folder}/catalog.sqlite"
        catalog = open_catalog(url)
        photo = ArrivedFile(file="1.jpg", size=1, etag="1", modified=datetime.now(UTC))
        record_arrivals(catalog, [Arrival(ListingKey(seller=SELLER, listing="first"), (photo,), None)])
        before = newest_delivery(catalog)
        settings = {
            "ETALASE_CATALOG": url,
            "ETALASE_STORE": f"s3://{BUCKET}",
            "ETALASE_WEBHOOK_SECRETS": SECRET,
            "ETALASE_WEBHOOK_TOKENS": TOKEN,
            "ETALASE_LINK_HOSTS": HOST,
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        with web_server(Path(folder), given.port, settings):
            outcome = asyncio.run(load(given.port, given.rate, numbers))
        kept = newest_delivery(catalog) - before
        catalog.close()
    report(outcome, given.rate, url.partition(":")[0])
    distinct = len(set(numbers))
    print(f"distinct events sent {distinct}, kept {kept}: {'all, each once' if kept == distinct else 'WRONG'}")


def report(outcome: Outcome, rate: float, catalog: str) -> None:
    """Print the times that answers took, in ms, and the machine's load beside."""
    count = len(outcome.seconds)
    steps = statistics.quantiles([seconds * 1000 for seconds in outcome.seconds], n=1000)
    told = {"50 %": steps[499], "90 %": steps[899], "99 %": steps[989], "99.9 %": steps[998]}
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{count} requests at {rate:g}/s, {catalog}, {os.cpu_count()} processors, {platform.machine()}")
    print(f"answers: {outcome.statuses}; load average of the last minute {os.getloadavg()[0]:.1f}")
    print("  ".join(f"{name} {value:.1f} ms" for name, value in told.items()), end="  ")
    print(f"most {max(outcome.seconds) * 1000:.1f} ms")
    each = (spent.ru_utime + spent.ru_stime) / count * 1000
    print(f"the server's CPU time, its start included: {each:.1f} ms a request")


if __name__ == "__main__":
    main()
