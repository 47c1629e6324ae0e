"""The webhook's flow: one listing that an event named is processed now and published, whatever else is due."""

import json
import subprocess
import sys
from typing import Any

from sqlalchemy import select

from models.event import ObjectChanged, Received
from storage.catalog.calling import call_due
from storage.catalog.deliveries import newest_delivery
from storage.catalog.event_queue import queue
from storage.catalog.schema import Deliveries
from tests.command import RUN_SECONDS
from tests.installation import Installation
from tests.sellers import add_listing, draw_photo
from tests.storage.made import key

RUN = """
import asyncio, sys
from flows.ingest_listing import ingest_listing
print(asyncio.run(ingest_listing(*sys.argv[1:])).model_dump_json())
"""
THEN_DIE = """
import os
from flows import batch_work
def die(*arguments, **named): os.kill(os.getpid(), 9)
batch_work.lease_listings = die
"""


def ingest(installation: Installation, name: str, before: str = "") -> "subprocess.CompletedProcess[str]":
    """Run the flow in a process of its own, after the code ``before``."""
    return subprocess.run(
        [sys.executable, "-c", before + RUN, *name.split("/")],
        cwd=installation.folder,
        env=installation.environment,
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )


def summary(run: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    assert run.returncode == 0, run.stderr
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def tell(installation: Installation, name: str, file: str) -> None:
    """Queue what an object store tells of a file."""
    event = ObjectChanged(key=key(name), file=file, complete=file == "listing.json")
    queue(installation.catalog, [Received(identity=str(newest_delivery(installation.catalog)), event=event)])


def states(installation: Installation) -> list[str]:
    with installation.catalog.read() as connection:
        return list(connection.scalars(select(Deliveries.state).order_by(Deliveries.id)))


def test_the_listing_is_published_and_its_events_are_done(installation: Installation) -> None:
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})
    add_listing(installation.store, "pak-budi/tikar", {"depan.jpg": draw_photo(2)})
    for file in ("depan.jpg", "listing.json"):
        tell(installation, "ibu-ani/tampah", file)

    told = summary(ingest(installation, "ibu-ani/tampah"))

    assert (told["listings"], told["published"]) == (1, 1)
    assert installation.listings()["tampah"].state == "published"
    assert "tikar" not in installation.listings()
    assert states(installation) == ["done", "done"]


def test_the_same_event_again_changes_nothing(installation: Installation) -> None:
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})
    tell(installation, "ibu-ani/tampah", "listing.json")
    summary(ingest(installation, "ibu-ani/tampah"))
    before = installation.objects()
    tell(installation, "ibu-ani/tampah", "depan.jpg")

    told = summary(ingest(installation, "ibu-ani/tampah"))

    assert not any(told.values())
    assert installation.objects() == before
    assert states(installation) == ["done", "done"]


def test_a_run_that_is_killed_leaves_the_events_to_the_next(installation: Installation) -> None:
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})
    tell(installation, "ibu-ani/tampah", "listing.json")

    killed = ingest(installation, "ibu-ani/tampah", before=THEN_DIE)

    assert killed.returncode == -9
    assert states(installation) == ["queued"]
    assert [str(call.key) for call in call_due(installation.catalog, limit=9)] == ["ibu-ani/tampah"]
    assert summary(ingest(installation, "ibu-ani/tampah"))["published"] == 1
    assert states(installation) == ["done"]
